from whitenoise.runserver_nostatic.management.commands.runserver import Command as Runserver

from accounts.management.commands.first_admin import begin_at_start


class Command(Runserver):
    """The developers' server; as long as nobody runs the installation, what it prints ends with the link for that."""

    def on_bind(self, server_port):
        super().on_bind(server_port)
        self.stdout.write(begin_at_start())
