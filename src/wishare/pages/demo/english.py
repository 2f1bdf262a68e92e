"""The lists of Emma, Tom and Grace."""

from decimal import Decimal

from wishare.pages.demo.shapes import HIGH, LOW, PRIVATE, PUBLIC, DemoList, Gift, Said, Wish, after, next_christmas
from wishare.wishlists.choices import EventType

EMMAS_BIRTHDAY = DemoList(
    owner="emma",
    name="My birthday",
    description="No need to bring anything but yourself. If you want ideas, here are some.",
    occasion=EventType.BIRTHDAY,
    day=after(19),
    currency="GBP",
    made=9,
    cover="cover-birthday",
    shared=True,
    said=(
        Said("grace", "Lovely list! Is three o’clock still right for Sunday?", after=22),
        Said("emma", "Three it is. Bring a coat, we will be in the garden.", after=26),
        Said("grace", "Shall we put together for something big? The watercolours are gone already.", True, 30),
        Said("tom", "I am in. She keeps looking at the headphones.", True, 33),
        Said("grace", "Then headphones it is: half and half?", True, 34),
        Said("tom", "Deal. I order them on Friday, you wrap them.", True, 51),
    ),
    wishes=(
        Wish(
            "Stovetop kettle in raspberry",
            "48.00",
            "Mine has finally given up. The 1.6 litre one fits my hob.",
            "kitchen.example.com/kettles/raspberry?size=1.6",
            "kettle",
            HIGH,
            gifts=(Gift("tom"),),
        ),
        Wish(
            "Watercolour set, 24 half pans",
            "62.50",
            shop="art-supplies.example.org/watercolour/24-half-pans",
            picture="watercolour",
            priority=HIGH,
            gifts=(Gift("marina", bought=True),),
        ),
        Wish(
            "Stoneware mugs",
            "14.00",
            "Any two colours that do not match.",
            "pottery.example.org/mugs",
            "cups",
            quantity=4,
            gifts=(Gift("Aunt Joan", quantity=2, guest=True), Gift("grace")),
        ),
        Wish(
            "A big plant for the dark corner",
            "35.00",
            "Something that survives me: a rubber plant, perhaps?",
            picture="plant",
        ),
        Wish(
            "Wireless headphones",
            "129.99",
            "",
            "audio.example.com/over-ear?id=4410",
            "headphones",
            said=(
                Said("tom", "Over the ear or in the ear?"),
                Said("emma", "Over the ear, please. Any colour but white.", after=25),
                Said("tom", "The green ones are on sale until Sunday.", True, 35),
            ),
        ),
        Wish("An afternoon at the print museum with you", "", "Tickets are cheap, your company is not.", priority=LOW),
    ),
)

EMMAS_CHRISTMAS = DemoList(
    owner="emma",
    name="Christmas at home",
    description="One thing each, as agreed. Yes, Tom, that means you.",
    occasion=EventType.CHRISTMAS,
    day=next_christmas,
    currency="GBP",
    made=5,
    cover="cover-winter",
    wishes=(
        Wish("Striped lambswool scarf", "39.00", "", "knitwear.example.com/scarves/striped?v=rose", "scarf"),
        Wish(
            "Board game for long evenings",
            "44.95",
            "For two to five people. Nothing with zombies.",
            "games.example.org/evening-classics",
            "boardgame",
            HIGH,
            gifts=(Gift("grace"),),
        ),
        Wish("Reading lamp for the armchair", "55.00", "", "lighting.example.com/lamps/reading", "lamp"),
        Wish("Fancy marmalade", "6.50", "The bitter one.", quantity=3, priority=LOW, gifts=(Gift("tom", quantity=2),)),
    ),
)

HOUSEWARMING = DemoList(
    owner="emma",
    name="Housewarming",
    description="We moved! Four rooms, a garden, and so far one chair.",
    occasion=EventType.HOUSEWARMING,
    day=after(-20),
    currency="GBP",
    made=75,
    wishes=(
        Wish(
            "Cast iron casserole",
            "89.00",
            "Big enough for soup for eight.",
            "kitchen.example.com/casseroles/28cm",
            "pot",
            received=True,
            gifts=(Gift("marina", bought=True),),
        ),
        Wish(
            "Six plates",
            "12.00",
            quantity=6,
            shop="pottery.example.org/plates",
            gifts=(Gift("grace", quantity=4, bought=True), Gift("tom", quantity=2, bought=True)),
        ),
        Wish(
            "Something green for the window sill",
            "18.00",
            picture="plant",
            received=True,
            gifts=(Gift("tom", bought=True),),
        ),
        Wish("Doormat with a bad joke", "15.00", priority=LOW),
    ),
)

GARDEN = DemoList(
    owner="emma",
    name="Garden plans",
    description="Only for me, until I know what I want.",
    visibility=PRIVATE,
    currency="GBP",
    made=30,
    wishes=(
        Wish("Hammock for between the apple trees", "74.00", "", "garden.example.com/hammocks/cotton", "hammock"),
        Wish("Rain barrel", "59.00", "Measure the corner first."),
        Wish("Apple tree, an old variety", "32.00", shop="nursery.example.org/apple-trees", quantity=2),
    ),
)

READING = DemoList(
    owner="tom",
    name="Rainy-day reading and making",
    description="It rains a lot. Second-hand is very welcome.",
    visibility=PUBLIC,
    currency="EUR",
    made=24,
    wishes=(
        Wish(
            "The history of clocks, in three volumes",
            "58.00",
            "The paperback is fine.",
            "books.example.com/history-of-clocks",
            "books",
            HIGH,
            gifts=(Gift("emma"),),
            edited={"price": Decimal("64.00"), "description": "I have found volume one, so only two and three."},
        ),
        Wish(
            "Film for my old camera",
            "11.50",
            "ISO 400, 36 exposures.",
            quantity=5,
            gifts=(Gift("grace", quantity=2),),
        ),
        Wish("Hand coffee grinder", "45.00", "", "coffee.example.org/grinders/hand?id=12", "grinder"),
        Wish(
            "Wooden train for my nephew’s visits",
            "29.90",
            shop="toys.example.com/trains",
            picture="train",
            priority=LOW,
        ),
    ),
)

TRIP = DemoList(
    owner="tom",
    name="Brazil next summer",
    description="I will fill this in when I have a ticket.",
    currency="EUR",
    made=3,
)

WEDDING = DemoList(
    owner="grace",
    name="Grace & Daniel’s wedding",
    description="Your being there is the present. For everybody who asked anyway: this is for our first kitchen.",
    visibility=PUBLIC,
    occasion=EventType.WEDDING,
    day=after(118),
    currency="USD",
    made=40,
    cover="cover-wedding",
    shared=True,
    wishes=(
        Wish(
            "Cake stand with a glass dome",
            "64.00",
            "",
            "tableware.example.com/cake-stands/dome",
            "cakestand",
            gifts=(Gift("emma", bought=True),),
        ),
        Wish(
            "Wine glasses",
            "18.00",
            "We would love twelve that match, for once.",
            "tableware.example.com/glasses?v=long-stem",
            priority=HIGH,
            quantity=12,
            gifts=(Gift("Uncle Femi", quantity=6, guest=True), Gift("marina", quantity=2, bought=True)),
        ),
        Wish("Dutch oven", "179.00", shop="kitchen.example.com/dutch-ovens/6qt", picture="pot", priority=HIGH),
        Wish("Linen tablecloth", "95.00", "The table is 87 inches long."),
        Wish("A two-person tent for the honeymoon", "249.99", "", "outdoors.example.org/tents/two-person", "tent"),
        Wish("A recipe in your handwriting", "", "For the book on our shelf.", priority=LOW, quantity=40),
    ),
)

LISTS = (HOUSEWARMING, GARDEN, WEDDING, READING, TRIP, EMMAS_CHRISTMAS, EMMAS_BIRTHDAY)
