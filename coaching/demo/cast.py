"""Who lives in the demo world."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    zone: str
    trade: str = ""
    coach: int | None = None  # index into COACHES
    shares: bool = True


ADMINS = [
    Person("admin@demo.example", "Mary Wafula", "Africa/Nairobi"),
    Person("office@demo.example", "Peter Lindqvist", "Europe/Stockholm"),
]

COACHES = [
    Person("coach@demo.example", "Tom Barasa", "Africa/Nairobi"),
    Person("ruth.njeri@demo.example", "Ruth Njeri", "Africa/Nairobi"),
    Person("helen.marsh@demo.example", "Helen Marsh", "Europe/London"),
    Person("vikram.rao@demo.example", "Vikram Rao", "Asia/Kolkata"),
]

CANDIDATES = [
    Person("candidate@demo.example", "Achieng Otieno", "Africa/Nairobi", "content", 0),
    Person("brian.kiprono@demo.example", "Brian Kiprono", "Africa/Nairobi", "engineering", 0),
    Person("wanjiku.mwangi@demo.example", "Wanjiku Mwangi", "Africa/Nairobi", "finance", 0),
    Person("joel.wekesa@demo.example", "Joel Wekesa", "Africa/Nairobi", "health", 0),
    Person("amina.hassan@demo.example", "Amina Hassan", "Africa/Nairobi", "logistics", 0),
    Person("mercy.chebet@demo.example", "Mercy Chebet", "Africa/Nairobi", "teaching", 1),
    Person("kevin.mutua@demo.example", "Kevin Mutua", "Africa/Nairobi", "engineering", 1),
    Person("faith.njoki@demo.example", "Faith Njoki", "Africa/Nairobi", "content", 1),
    Person("daniel.omondi@demo.example", "Daniel Omondi", "Africa/Nairobi", "finance", 1, shares=False),
    Person("grace.akello@demo.example", "Grace Akello", "Africa/Kampala", "health", 1),
    Person("neema.mushi@demo.example", "Neema Mushi", "Africa/Dar_es_Salaam", "logistics", 1),
    Person("sophie.turner@demo.example", "Sophie Turner", "Europe/London", "content", 2),
    Person("owen.pryce@demo.example", "Owen Pryce", "Europe/London", "teaching", 2),
    Person("lena.hartmann@demo.example", "Lena Hartmann", "Europe/Berlin", "engineering", 2),
    Person("marta.silva@demo.example", "Marta Silva", "Europe/Lisbon", "health", 2),
    Person("priya.nair@demo.example", "Priya Nair", "Asia/Kolkata", "finance", 3),
    Person("arjun.mehta@demo.example", "Arjun Mehta", "Asia/Kolkata", "engineering", 3),
    Person("jordan.ellis@demo.example", "Jordan Ellis", "America/New_York", "logistics"),
    Person("camila.rojas@demo.example", "Camila Rojas", "America/Bogota", "teaching"),
    Person("yusuf.abdi@demo.example", "Yusuf Abdi", "Africa/Nairobi", "health"),
]

REFEREES = [
    ("Dr. Lydia Were", "my manager at the last place", "lydia.were@friends.example"),
    ("Samuel Kibet", "we ran a project together for two years", "samuel.kibet@friends.example"),
]
