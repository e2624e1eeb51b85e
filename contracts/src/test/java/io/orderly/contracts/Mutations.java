package io.orderly.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Mutations of a message that make it invalid, or keep it just within its limits. */
final class Mutations {

    /** @param replacement the new value, or null to remove the old one */
    record Mutation(int place, @Nullable JsonNode replacement) {

        /** Changes the message; the place is taken modulo the number of places. */
        void applyTo(JsonNode message) {
            List<Place> places = places(message);
            if (!places.isEmpty()) {
                places.get(place % places.size()).put(replacement == null ? null : replacement.deepCopy());
            }
        }
    }

    private sealed interface Place {

        void put(@Nullable JsonNode replacement);

        record Field(ObjectNode parent, String name) implements Place {

            @Override
            public void put(@Nullable JsonNode replacement) {
                if (replacement == null) {
                    parent.remove(name);
                } else {
                    parent.set(name, replacement);
                }
            }
        }

        record Element(ArrayNode parent, int index) implements Place {

            @Override
            public void put(@Nullable JsonNode replacement) {
                if (replacement == null) {
                    parent.remove(index);
                } else {
                    parent.set(index, replacement);
                }
            }
        }
    }

    /**
     * Excludes numbers with a fraction of zero, because 1.0 is an integer in JSON Schema but not for the codec, and texts
     * that are not in NFC, which a pattern cannot check.
     */
    static final List<JsonNode> REPLACEMENTS = replacements();

    private Mutations() {}

    static int countPlaces(JsonNode message) {
        return places(message).size();
    }

    private static List<Place> places(JsonNode node) {
        List<Place> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.propertyStream().forEach(field -> {
                places.add(new Place.Field(object, field.getKey()));
                places.addAll(places(field.getValue()));
            });
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                places.add(new Place.Element(array, index));
                places.addAll(places(array.get(index)));
            }
        }
        return places;
    }

    private static List<JsonNode> replacements() {
        JsonMapper json = new JsonMapper();
        Stream<JsonNode> written = Stream.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "1",
                        "-1",
                        "1.5",
                        "1000000",
                        "1000001",
                        "2147483648",
                        "9007199254740991",
                        "9007199254740992",
                        "9223372036854775808",
                        "1e400",
                        "[]",
                        "{}",
                        "[null]",
                        "[1]",
                        "[2026,11,24]",
                        "[\"A-1\"]",
                        "{\"value\":\"A-1\"}",
                        "{\"sku\":\"A-1\",\"quantity\":1}",
                        "[{\"sku\":\"A-1\",\"quantity\":1}]",
                        "{\"amount\":\"1.00\",\"currency\":\"EUR\"}",
                        "{\"amount\":\"-1.00\",\"currency\":\"EUR\"}",
                        "{\"amount\":\"0.00\",\"currency\":\"EUR\"}",
                        "{\"amount\":1.25,\"currency\":\"EUR\"}",
                        "{\"positive\":true,\"amount\":\"1.00\",\"currency\":\"EUR\"}")
                .map(json::readTree);
        Stream<JsonNode> lists = Stream.of(OrderLine.MAX_PER_ORDER, OrderLine.MAX_PER_ORDER + 1)
                .map(size -> {
                    ArrayNode lines = json.createArrayNode();
                    for (int i = 0; i < size; i++) {
                        lines.addObject().put("sku", "A-" + i).put("quantity", OrderLine.MAX_QUANTITY);
                    }
                    return lines;
                });
        Stream<JsonNode> texts = Stream.of(
                        Stream.of("", " ", "\u00a0", "\u2003\u3000", "a", "A", " a ", "a\n", "\na", "a\tb", "a\u0000b"),
                        Stream.of("A\n", "a\u007f", "a\u0085b", "a\u2028b", "\ud83d\ude00", "a\ud83d", "\ude00a", "é"),
                        Stream.of(
                                "x", "1", "1.5", "true", "null", "-A", "A-", "a-1", "A_1", "A_", "_A", "1A", "OUT_OF"),
                        Stream.of(
                                "EUR",
                                "eur",
                                "EURO",
                                "EUR\n",
                                "DE",
                                "de",
                                "DEU",
                                "DE\n",
                                "ÄÖ",
                                "ÄÖÜ",
                                "CHARGE_PAYMENT"),
                        Stream.of(
                                "charge_payment", "CHARGE_PAYMENT ", "0", "payment.commands", "-0.00", "0.01", "-0.01"),
                        Stream.of(
                                "1.00", "1.0", "1.000", "01.00", "+1.00", ".50", "1.", "1e2", "1,00", " 1.00",
                                "1.00\n"),
                        Stream.of(
                                "٣.٠٠",
                                "NaN",
                                "99999999999999999.99",
                                "100000000000000000.00",
                                "-99999999999999999.99"),
                        Stream.of("2026-11-24", "2026-02-30", "2028-02-29", "2026-11-24T00:00:00", "2026-11-24Z"),
                        Stream.of("0000-01-01", "9999-12-31", "+10000-01-01", "-0001-01-01", "26-1-1", "2026-11-24\n"),
                        Stream.of("0199F2C8-7c00-7000-8000-000000000001", "0199f2c8-7c00-7000-8000-00000000000"),
                        Stream.of("0199f2c87-c00-7000-8000-000000000001", "00199f2c8-7c00-7000-8000-00000000001"),
                        Stream.of("0199f2c87c0070008000000000000001", "{0199f2c8-7c00-7000-8000-000000000001}"),
                        Stream.of("ffffffff-ffff-ffff-ffff-ffffffffffff", "AZnyyHwAcACAAAAAAAAAAQ=="),
                        Stream.of("a/b", ".", "..", "a..b", "a b", "a  b", " a", "a ", "a%2Fb", "a;b", "-a", "O'Brien"),
                        Stream.of(
                                "Zo\u00eb", "\u200b", "a\u200bb", "a\u200cb", "\u202e", "a\u202eb", "\u2800", "\u3164"),
                        Stream.of("\u115fa", "a\u3164", "\u0308", "a\ufe0f", "\uffff", "a\ue000", "a\u0378", "a\u00ad"),
                        Stream.of("👩\u200d💻", "\udb40\udc67", "a\udb40\udd00", "\ud80d\udc41", "\ud834\udd59", "山田"),
                        Stream.of(20, 21, 40, 41, 64, 65, 200, 201, 249, 250, 1_000, 1_001)
                                .flatMap(length -> Stream.of(
                                        "A".repeat(length), "😀".repeat(length), "A".repeat(length - 1) + " ")))
                .flatMap(text -> text)
                .map(json.getNodeFactory()::stringNode);
        return Stream.of(written, lists, texts).flatMap(node -> node).toList();
    }
}
