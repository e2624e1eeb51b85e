package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of a new database, always the same: three products for specific scenarios, and 100 per category. */
public final class SeedCatalogue {

    /** Cheap, with a stock that no load test exhausts. */
    public static final Sku PENCIL = new Sku("PENCIL-HB");

    /** A stock of ten units only, to test that the last units are sold once. */
    public static final Sku FIRST_EDITION = new Sku("BOOK-FIRST-EDITION");

    /** In stock, but too expensive for the balance of a default account. */
    public static final Sku OBSERVATORY = new Sku("OBSERVATORY-DOME");

    private static final long RANDOM_SEED = 1854;
    private static final LocalDate LATEST_REVIEW = LocalDate.of(2026, 6, 30);

    private static final List<ProductRange> PRODUCT_RANGES = List.of(
            new ProductRange(
                    Category.AUDIO,
                    "AUD",
                    1900,
                    39900,
                    "Headphones,Turntable,Loudspeaker,Radio,Microphone,Amplifier,"
                            + "Metronome,Earphones,Soundbar,Audio recorder",
                    "Compact,Portable,Studio,Vintage,Wireless,Walnut,Matt black,Travel,Professional,Classic"),
            new ProductRange(
                    Category.BOOKS,
                    "BOK",
                    490,
                    5900,
                    "Atlas,Cookbook,Field guide,Dictionary,Novel,Diary,Songbook,"
                            + "Travel guide,Chess primer,Fairy tales",
                    "Pocket,Illustrated,Annotated,Clothbound,Large-print,Abridged,Bilingual,Paperback,Student,Collected"),
            new ProductRange(
                    Category.GARDEN,
                    "GAR",
                    290,
                    14900,
                    "Watering can,Spade,Rake,Planter,Bird house,Hose,Trellis," + "Wheelbarrow,Bench,Secateurs",
                    "Zinc,Green,Galvanised,Cedar,Long-handled,Foldable,Heavy-duty,Small,Weatherproof,Rustic"),
            new ProductRange(
                    Category.HOME_TEXTILES,
                    "TEX",
                    590,
                    18900,
                    "Blanket,Cushion,Curtain,Bath towel,Rug,Tablecloth," + "Duvet cover,Apron,Throw,Tea towel",
                    "Linen,Wool,Striped,Organic cotton,Quilted,Plain,Indigo,Ochre,Woven,Washed"),
            new ProductRange(
                    Category.KITCHEN,
                    "KIT",
                    390,
                    24900,
                    "Teapot,Frying pan,Mixing bowl,Chef's knife,Colander,"
                            + "Casserole,Pepper mill,Kettle,Chopping board,Whisk",
                    "Copper,Cast-iron,Stainless,Enamelled,Olive wood,Stoneware,Glass,Japanese,Bamboo,Everyday"),
            new ProductRange(
                    Category.LIGHTING,
                    "LIG",
                    790,
                    29900,
                    "Desk lamp,Pendant,Floor lamp,Lantern,Wall light,Night light,"
                            + "Reading lamp,String lights,Spotlight,Candlestick",
                    "Brass,Opal,Adjustable,Paper,Clip-on,Dimmable,Black,White,Solar,Slim"),
            new ProductRange(
                    Category.OFFICE,
                    "OFF",
                    90,
                    34900,
                    "Notebook,Fountain pen,Stapler,Desk chair,Filing box,Calendar,"
                            + "Pinboard,Letter tray,Hole punch,Whiteboard",
                    "A4,A5,Recycled,Leather,Steel,Blue,Grey,Ergonomic,Magnetic,Refillable"),
            new ProductRange(
                    Category.OPTICS,
                    "OPT",
                    1490,
                    99900,
                    "Binoculars,Telescope,Microscope,Magnifier,Tripod,Monocular,"
                            + "Prism,Star chart,Loupe,Rangefinder",
                    "8 by 42,10 by 50,Beginner's,Field,Marine,Folding,Illuminated,Precision,Junior,Expedition"),
            new ProductRange(
                    Category.OUTDOOR,
                    "OUT",
                    690,
                    49900,
                    "Tent,Backpack,Sleeping bag,Camping stove,Water bottle,"
                            + "Headlamp,Hammock,Rain jacket,Compass,Pocket knife",
                    "Ultralight,Two-person,Four-season,Insulated,Alpine,Trail,Family,Orange,Compact,Windproof"),
            new ProductRange(
                    Category.SPORTS,
                    "SPO",
                    490,
                    27900,
                    "Football,Tennis racket,Yoga mat,Skipping rope,Dumbbell,"
                            + "Swimming goggles,Shuttlecock set,Running belt,Helmet,Gym bag",
                    "Training,Match,Junior,Competition,Carbon,Soft,Adjustable,Red,Club,Anti-slip"),
            new ProductRange(
                    Category.TOOLS,
                    "TOO",
                    390,
                    39900,
                    "Hammer,Screwdriver set,Cordless drill,Spirit level,Handsaw,"
                            + "Pliers,Tape measure,Workbench,Chisel,Toolbox",
                    "Forged,Insulated,Compact,Workshop,Precision,Steel,Folding,Japanese,Heavy-duty,Home"),
            new ProductRange(
                    Category.TOYS,
                    "TOY",
                    390,
                    8900,
                    "Building blocks,Train set,Kite,Jigsaw puzzle,Spinning top,"
                            + "Doll's house,Marble run,Hand puppet,Memory game,Toy boat",
                    "Wooden,Painted,First,Giant,Travel,Rainbow,Classic,Magnetic,Musical,Nautical"));

    private static final List<String> AUTHORS =
            List.of("Ada", "Barbara", "Edsger", "Frances", "Grace", "Jim", "Leslie", "Nancy", "Radia", "Tony");

    /** Review texts by rating, from the worst to the best. */
    private static final List<String> REVIEW_TEXTS = List.of(
            "Went back the day it came.",
            "Looks better in the picture.",
            "Does what it should, no more.",
            "Good value, I would buy it again.",
            "Could not be better. I bought a second one for my sister.");

    private SeedCatalogue() {}

    /** A product with its initial stock and its reviews. */
    record Seed(Product product, long units, List<Review> reviews) {}

    static List<Seed> seeds() {
        Random random = new Random(RANDOM_SEED);
        Stream<Seed> namedProducts = Stream.of(
                seed(PENCIL, "Pencil HB", Category.OFFICE, Money.euros("1.20"), 10_000_000, random),
                seed(FIRST_EDITION, "Signed first edition", Category.BOOKS, Money.euros("49.00"), 10, random),
                seed(OBSERVATORY, "Observatory dome", Category.OPTICS, Money.euros("2500000.00"), 25, random));
        return Stream.concat(namedProducts, PRODUCT_RANGES.stream().flatMap(range -> range.seeds(random)))
                .toList();
    }

    private static Seed seed(Sku sku, String name, Category category, Money price, long units, Random random) {
        String shelf = category.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String description = "%s. From our %s shelf, ready to ship.".formatted(name, shelf);
        List<Review> reviews = IntStream.range(0, random.nextInt(6))
                .mapToObj(_ -> review(sku, random))
                .toList();
        return new Seed(new Product(sku, name, description, category, price), units, reviews);
    }

    private static Review review(Sku sku, Random random) {
        // the maximum of two draws, so that most ratings are good
        int rating = 1 + Math.max(random.nextInt(REVIEW_TEXTS.size()), random.nextInt(REVIEW_TEXTS.size()));
        return new Review(
                sku,
                AUTHORS.get(random.nextInt(AUTHORS.size())),
                rating,
                REVIEW_TEXTS.get(rating - 1),
                LATEST_REVIEW.minusDays(random.nextInt(700)));
    }

    /**
     * The products of a category: every article in every variant.
     *
     * @param prefix the prefix of the SKUs
     * @param minCents the lowest price, inclusive
     * @param maxCents the highest price, exclusive, before prices are rounded to end in 90 cents
     * @param articles separated by commas
     * @param variants separated by commas
     */
    private record ProductRange(
            Category category, String prefix, int minCents, int maxCents, String articles, String variants) {

        Stream<Seed> seeds(Random random) {
            List<Seed> seeds = new ArrayList<>();
            for (String article : articles.split(",")) {
                for (String variant : variants.split(",")) {
                    Sku sku = new Sku("%s-%03d".formatted(prefix, seeds.size() + 1));
                    String name = variant + " " + article.toLowerCase(Locale.ROOT);
                    long units = 10_000 + random.nextInt(90_000);
                    seeds.add(seed(sku, name, category, price(random), units, random));
                }
            }
            return seeds.stream();
        }

        /** A random price that ends in 90 cents. */
        private Money price(Random random) {
            int cents = random.nextInt(minCents, maxCents) / 100 * 100 + 90;
            return new Money(BigDecimal.valueOf(cents, 2), "EUR");
        }
    }
}
