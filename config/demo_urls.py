"""Pages of the demo only: the inbox and the style guide."""

urlpatterns = []
