"""As listas de Marina, Rafael e Lúcia."""

from wishare.pages.demo.shapes import HIGH, LOW, PUBLIC, DemoList, Gift, Said, Wish, after, next_christmas
from wishare.wishlists.choices import EventType

MARINAS_CHRISTMAS = DemoList(
    owner="marina",
    name="Natal em família",
    description="O almoço é na casa da mãe, ao meio-dia. Quem cozinha não lava a louça.",
    occasion=EventType.CHRISTMAS,
    day=next_christmas,
    currency="BRL",
    made=7,
    cover="cover-winter",
    shared=True,
    said=(
        Said("lucia", "Filha, quantas pessoas vêm para o almoço?", after=21),
        Said("marina", "Umas doze, mãe. Eu levo a sobremesa.", after=23),
        Said("rafael", "Quem compra a câmera? Sozinho fica caro.", True, 30),
        Said("lucia", "Já reservei. Se alguém quiser dividir comigo, ótimo.", True, 32),
        Said("rafael", "Eu divido! Mando o pix amanhã.", True, 40),
    ),
    wishes=(
        Wish(
            "Câmera analógica",
            "1290.00",
            "Pode ser usada, desde que o fotômetro funcione.",
            "fotografia.example.com/cameras/analogica-35mm",
            "camera",
            HIGH,
            gifts=(Gift("lucia"),),
            said=(
                Said("rafael", "Serve com filme de 35 mm comum?"),
                Said("marina", "Serve! O filme eu compro.", after=24),
            ),
        ),
        Wish(
            "Rede de algodão para a varanda",
            "219.90",
            "De casal, cor crua ou rosa.",
            "artesanato.example.org/redes/casal",
            "hammock",
            gifts=(Gift("emma"),),
        ),
        Wish("Canecas de cerâmica", "54.00", shop="ceramica.example.org/canecas", picture="cups", quantity=4),
        Wish("Livro de receitas mineiras", "89.90", "", "livros.example.com/receitas-mineiras?id=77", "books"),
        Wish("Um domingo sem celular com vocês", "", "Esse é de graça.", priority=LOW, quantity=3),
    ),
)

RAFAELS_BIRTHDAY = DemoList(
    owner="rafael",
    name="Aniversário do Rafa",
    description="Churrasco no sábado. Só ideias: o importante é aparecer.",
    visibility=PUBLIC,
    occasion=EventType.BIRTHDAY,
    day=after(47),
    currency="BRL",
    made=12,
    cover="cover-birthday",
    wishes=(
        Wish(
            "Capacete de ciclismo",
            "349.00",
            "Tamanho M. O meu caiu da escada.",
            "bicicletas.example.com/capacetes/urbano?v=m",
            "helmet",
            HIGH,
            gifts=(Gift("marina", bought=True),),
        ),
        Wish("Barraca leve para duas pessoas", "899.00", "", "aventura.example.org/barracas/leve-2p", "tent"),
        Wish(
            "Câmaras de ar aro 29",
            "32.50",
            "Nunca são demais.",
            quantity=4,
            gifts=(Gift("lucia", quantity=2),),
        ),
        Wish("Fone de ouvido sem fio", "459.90", shop="som.example.com/fones", picture="headphones", priority=LOW),
    ),
)

KITCHEN = DemoList(
    owner="lucia",
    name="Cozinha nova",
    description="A reforma acabou! Faltam só os detalhes.",
    occasion=EventType.HOUSEWARMING,
    day=after(16),
    currency="BRL",
    made=18,
    wishes=(
        Wish(
            "Filtro de barro",
            "245.00",
            "Água de filtro de barro é outra coisa.",
            "casa.example.com/filtros/barro-8l",
            "waterfilter",
            HIGH,
            gifts=(Gift("rafael"),),
        ),
        Wish("Moedor de café manual", "189.00", "", "cafe.example.org/moedores/manual", "grinder"),
        Wish(
            "Chaleira vermelha",
            "159.90",
            shop="casa.example.com/chaleiras?cor=vermelha",
            picture="kettle",
            received=True,
        ),
        Wish("Panos de prato bordados", "22.00", "", quantity=6, priority=LOW, gifts=(Gift("marina", quantity=3),)),
    ),
)

LISTS = (KITCHEN, RAFAELS_BIRTHDAY, MARINAS_CHRISTMAS)
