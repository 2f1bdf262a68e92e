"""The people of the demo: Emma and her brother Tom, Marina with hers and their mother, their friend Grace, an admin."""

from wishare.pages.demo.shapes import Person

#: Of everybody here. It is printed at the start and belongs to nobody.
PASSWORD = "Open-the-gift-1"  # noqa: S105

#: The first is the one to look around with.
PEOPLE = (
    Person(
        "emma",
        "Emma Whitfield",
        "Illustrator in Bristol. Tea before words, and always one plant too many.",
        birthday=(19, 34),
        portrait="portrait-emma",
    ),
    Person(
        "tom",
        "Tom Whitfield",
        "Emma’s little brother, taller. Teaches physics in Dublin and reads on the tram.",
        birthday=(150, 30),
    ),
    Person(
        "grace",
        "Grace Adeyemi",
        "Architect in Chicago. Daniel and I are getting married, and you are invited!",
        birthday=(210, 35),
        portrait="portrait-grace",
    ),
    Person(
        "marina",
        "Marina Azevedo",
        "Fotógrafa em Belo Horizonte. Morei um ano com a Emma em Bristol e trouxe o hábito do chá.",
        birthday=(96, 33),
        locale="pt-BR",
        portrait="portrait-marina",
    ),
    Person(
        "rafael",
        "Rafael Azevedo",
        "Irmão da Marina. Bicicleta durante a semana, barraca no fim de semana.",
        birthday=(47, 29),
        locale="pt-BR",
        portrait="portrait-rafael",
    ),
    Person(
        "lucia",
        "Lúcia Azevedo",
        "Mãe da Marina e do Rafael. Café coado e bolo de fubá às quatro da tarde.",
        birthday=(270, 61),
        locale="pt-BR",
    ),
    Person("ada", "Ada Okafor", "Looks after this installation.", birthday=(333, 41), admin=True),
)

FRIENDSHIPS = (
    ("emma", "tom"),
    ("emma", "marina"),
    ("grace", "emma"),
    ("marina", "rafael"),
    ("lucia", "marina"),
    ("lucia", "rafael"),
    ("marina", "grace"),
    ("tom", "grace"),
)
#: Who asks whom.
REQUEST = ("rafael", "emma")
MAIL_INVITATION = ("emma", "aunt.joan@example.com")
LINK_INVITATION_BY = "marina"
