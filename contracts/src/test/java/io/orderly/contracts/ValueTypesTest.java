package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value types of messages, and their limits. */
class ValueTypesTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "0", "A-1", "PENCIL-HB", "A-", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD"})
    void acceptsSkus(String text) {
        assertThat(new Sku(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-A", "a", "A 1", "A_1", "Ä", "A\n", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDE"})
    void rejectsInvalidSkus(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sku(text));
    }

    @Test
    void sortsSkusByText() {
        assertThat(new Sku("A-1")).isLessThan(new Sku("B")).isGreaterThan(new Sku("A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0199f2c8-7d10-7000-8000-00000000000a",
                "ada@example.org",
                "O'Brien",
                "Zo\u00eb",
                "Ada Lovelace",
                "山田",
                "李",
                "अदिति",
                "a..b",
                "x+y~z_1.-",
                "\ud842\udfb7"
            })
    void acceptsCustomerIds(String text) {
        assertThat(CustomerId.of(text)).hasToString(text);
    }

    @Test
    void measuresCustomerIdsInCodePoints() {
        String han = "\ud842\udfb7";
        assertThat(CustomerId.of(han.repeat(Require.MAX_IDENTIFIER_LENGTH))).isNotNull();
        assertInvalidIdentifier(han.repeat(Require.MAX_IDENTIFIER_LENGTH + 1));
        assertInvalidIdentifier("a".repeat(Require.MAX_IDENTIFIER_LENGTH + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0",
                "\u3000",
                "a\u0000b",
                "a\n",
                "a\u0085",
                "\ud83d",
                "a\ude00",
                "a/b",
                "a\\b",
                "a%2Fb",
                "a;b",
                "a?b",
                "a#b",
                ".",
                "..",
                "-a",
                "'a",
                " a",
                "a ",
                "a  b",
                "a\u00a0b",
                "a\tb",
                "José 🖋",
                "a&b",
                "a:b",
                "<a>"
            })
    void rejectsInvalidCustomerIds(String text) {
        assertInvalidIdentifier(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zoe\u0308", // the decomposed form of Zoë
                "\u212b", // the angstrom sign, which NFC replaces by a letter
                "\u0308",
                "\u200b",
                "a\u200bb",
                "a\u200db",
                "a\u202eb",
                "a\u2066b",
                "\u2800",
                "\u3164",
                "\u115f",
                "\u1160a",
                "a\uffa0",
                "a\ufe0f",
                "a\udb40\udd00", // a variation selector of the supplementary planes
                "\ud80d\udc41", // a blank hieroglyph
                "\uffff",
                "\u0378", // unassigned
                "\ue000",
                "\ufffd"
            })
    void rejectsCustomerIdsThatAreInvisibleOrLookLikeOthers(String text) {
        assertInvalidIdentifier(text);
    }

    @Test
    void identifiersOfServicesFollowTheSameRule() {
        Require.identifier("0199f2c8-7d10-7000-8000-00000000000a", "paymentId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.identifier("a/b", "paymentId"))
                .withMessageStartingWith("paymentId must ");
    }

    private static void assertInvalidIdentifier(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustomerId.of(text))
                .withMessageStartingWith("must be 1 to 64 ");
        assertThatIllegalArgumentException().isThrownBy(() -> Require.identifier(text, "paymentId"));
    }

    @Test
    void storedValuesFromBeforeTheRuleCanBeLoaded() {
        assertThat(new CustomerId("a/b")).hasToString("a/b");
        assertThat(new Address("\u200b", "s", "c", "p", "DE").name()).isEqualTo("\u200b");
    }

    @Test
    void parsesOrderIdsInUpperAndLowerCase() {
        assertThat(OrderId.of("0199F2C8-7C00-7000-8000-00000000000A"))
                .isEqualTo(OrderId.of("0199f2c8-7c00-7000-8000-00000000000a"))
                .hasToString("0199f2c8-7c00-7000-8000-00000000000a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1-1-1-1-1",
                "0199f2c87c0070008000000000000001",
                "0199f2c87-c00-7000-8000-000000000001",
                "0199f2c8-7c00-7000-8000-00000000000g",
                "0199f2c8-7c00-7000-8000-000000000001\n"
            })
    void rejectsInvalidOrderIds(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OrderId.of(text));
    }

    @Test
    void sortsOrderIdsByText() {
        OrderId low = new OrderId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L));
        OrderId high = new OrderId(new UUID(0xf199_0000_0000_7000L, 0x8000_0000_0000_0000L));

        // UUID.compareTo would compare them signed
        assertThat(low).isLessThan(high);
    }

    @Test
    void acceptsAddressesInAnyScript() {
        assertThat(Address.of("山田 太郎", "ул. Ленина 1", "São Paulo", "SW1Y 4JH", "BR")
                        .country())
                .isEqualTo("BR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zo\u00eb",
                "Zoe\u0308",
                "O'Brien & Sons (2nd floor), c/o “Ada”",
                " a ",
                "می\u200cخواهم", // Persian, with a non-joiner
                "\u200fשלום",
                "👩\u200d💻 Ada", // a joined sequence
                "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f", // the flag of England
                "🖋\ufe0f",
                "葛\udb40\udd00城",
                "漢\u3000字",
                "-",
                "<script>"
            })
    void acceptsVisibleText(String text) {
        Require.text(text, "name", Address.MAX_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\u200d",
                "\u2800",
                "\u3164",
                "\u115f",
                "\u1160\u1160",
                "\uffa0",
                " \u3164",
                "\ud834\udd59", // a blank note head
                "\u0308",
                " \u0308a",
                "\ufe0f",
                "\u202e",
                "a\u202eb",
                "a\u2066b",
                "a\u200bb",
                "a\u00adb",
                "\ufeffa",
                "a\u2028b",
                "a\uffffb",
                "a\u0378b",
                "a\ue000b",
                "a\ud83d"
            })
    void rejectsInvisibleOrMisleadingText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.text(text, "name", Address.MAX_LENGTH))
                .withMessageStartingWith("name must be one line of visible text");
    }

    @Test
    void namesEveryInvalidPartOfAnAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.of("\u200b", "s", "c", "p", "Germany"))
                .withMessageStartingWith("name ")
                .satisfies(refusal -> assertThat(refusal.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("country must be two capital letters"));
    }

    @Test
    void rejectsInvalidAddresses() {
        for (String part : List.of("", " ", "a\nb", "\u0000", "\ud83d", "a".repeat(Address.MAX_LENGTH + 1))) {
            assertInvalidAddress("name", part, "s", "c", "p", "DE");
            assertInvalidAddress("street", "n", part, "c", "p", "DE");
            assertInvalidAddress("city", "n", "s", part, "p", "DE");
            assertInvalidAddress("postalCode", "n", "s", "c", part, "DE");
            assertInvalidAddress("country", "n", "s", "c", "p", part);
        }
        assertInvalidAddress("postalCode", "n", "s", "c", "1".repeat(Address.MAX_POSTAL_CODE_LENGTH + 1), "DE");
        for (String country : List.of("de", "D", "DEU", "D1", "DE\n")) {
            assertInvalidAddress("country", "n", "s", "c", "p", country);
        }
    }

    @Test
    void limitsTheQuantityOfAnOrderLine() {
        Sku sku = new Sku("A-1");

        assertThat(new OrderLine(sku, OrderLine.MAX_QUANTITY).quantity()).isEqualTo(1_000_000);
        for (int quantity : new int[] {Integer.MIN_VALUE, -1, 0, OrderLine.MAX_QUANTITY + 1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OrderLine(sku, quantity))
                    .withMessageStartingWith("quantity ");
        }
    }

    @Test
    void theUnitsOfTheLargestOrderFitAnInt() {
        assertThat(Math.multiplyExact(OrderLine.MAX_QUANTITY, OrderLine.MAX_PER_ORDER))
                .isPositive();
    }

    @Test
    void truncatesAndCleansProse() {
        assertThat(Require.prose("", "cause")).isEmpty();
        assertThat(Require.prose("two\nlines\tand 😀", "cause")).isEqualTo("two\nlines\tand 😀");
        assertThat(Require.prose("a\u0000b\ud83d", "cause")).isEqualTo("a\ufffdb\ufffd");
        assertThat(Require.prose("😀".repeat(Require.MAX_PROSE_LENGTH), "cause"))
                .isEqualTo("😀".repeat(Require.MAX_PROSE_LENGTH));
        assertThat(Require.prose("😀".repeat(Require.MAX_PROSE_LENGTH + 1), "cause"))
                .isEqualTo("😀".repeat(Require.MAX_PROSE_LENGTH - 1) + "…");
    }

    @Test
    void everyCompensationUndoesAForwardStep() {
        assertThat(SagaStep.values()).allSatisfy(step -> {
            assertThat(step.forward().isCompensation()).isFalse();
            assertThat(step.isCompensation()).isEqualTo(step.forward() != step);
        });
    }

    private static void assertInvalidAddress(
            String field, String name, String street, String city, String postalCode, String country) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.of(name, street, city, postalCode, country))
                .withMessageStartingWith(field + " ");
    }
}
