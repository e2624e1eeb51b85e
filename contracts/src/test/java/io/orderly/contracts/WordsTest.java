package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The few words that messages are made of, and their limits. */
class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "0", "A-1", "PENCIL-HB", "A-", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD"})
    void skus(String text) {
        assertThat(new Sku(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-A", "a", "A 1", "A_1", "Ä", "A\n", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDE"})
    void noSkus(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sku(text));
    }

    @Test
    void skusSortByTheirText() {
        assertThat(new Sku("A-1")).isLessThan(new Sku("B")).isGreaterThan(new Sku("A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "José 🖋", "Robert'); DROP TABLE orders;--", "山田"})
    void customerIds(String text) {
        assertThat(new CustomerId(text)).hasToString(text);
    }

    @Test
    void customerIdsAreMeasuredInCharactersNotInUtf16() {
        assertThat(new CustomerId("😀".repeat(CustomerId.MAX_LENGTH))).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new CustomerId("a".repeat(CustomerId.MAX_LENGTH + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u3000", "a\u0000b", "a\n", "a\u0085", "\ud83d", "a\ude00"})
    void noCustomerIds(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CustomerId(text));
    }

    @Test
    void orderIdsAreReadInEitherCaseAndWrittenInOne() {
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
    void noOrderIds(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OrderId.of(text));
    }

    @Test
    void orderIdsSortAsTheirText() {
        OrderId low = new OrderId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L));
        OrderId high = new OrderId(new UUID(0xf199_0000_0000_7000L, 0x8000_0000_0000_0000L));

        // UUID.compareTo would compare them signed
        assertThat(low).isLessThan(high);
    }

    @Test
    void addressesInAnyScript() {
        assertThat(new Address("山田 太郎", "ул. Ленина 1", "São Paulo", "SW1Y 4JH", "BR").country())
                .isEqualTo("BR");
    }

    @Test
    void noAddresses() {
        for (String part : List.of("", " ", "a\nb", "\u0000", "\ud83d", "a".repeat(Address.MAX_LENGTH + 1))) {
            assertNoAddress("name", part, "s", "c", "p", "DE");
            assertNoAddress("street", "n", part, "c", "p", "DE");
            assertNoAddress("city", "n", "s", part, "p", "DE");
            assertNoAddress("postalCode", "n", "s", "c", part, "DE");
            assertNoAddress("country", "n", "s", "c", "p", part);
        }
        assertNoAddress("postalCode", "n", "s", "c", "1".repeat(Address.MAX_POSTAL_CODE_LENGTH + 1), "DE");
        for (String country : List.of("de", "D", "DEU", "D1", "DE\n")) {
            assertNoAddress("country", "n", "s", "c", "p", country);
        }
    }

    @Test
    void orderLines() {
        Sku sku = new Sku("A-1");

        assertThat(new OrderLine(sku, OrderLine.MAX_QUANTITY).quantity()).isEqualTo(1_000_000);
        for (int quantity : new int[] {Integer.MIN_VALUE, -1, 0, OrderLine.MAX_QUANTITY + 1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OrderLine(sku, quantity))
                    .withMessageStartingWith("quantity ");
        }
    }

    @Test
    void theUnitsOfTheLargestOrderCanBeCounted() {
        assertThat(Math.multiplyExact(OrderLine.MAX_QUANTITY, OrderLine.MAX_PER_ORDER))
                .isPositive();
    }

    @Test
    void proseIsCutAndCleanedRatherThanRefused() {
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

    private static void assertNoAddress(
            String field, String name, String street, String city, String postalCode, String country) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address(name, street, city, postalCode, country))
                .withMessageStartingWith(field + " ");
    }
}
