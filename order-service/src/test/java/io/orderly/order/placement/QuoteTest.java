package io.orderly.order.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.order.PricedLine;
import io.orderly.order.placement.Quote.Invalid;
import io.orderly.order.placement.Quote.Priced;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static final Map<Sku, Money> PRICES = Map.of(
            new Sku("LAMP"), Money.euros("12.50"),
            new Sku("CENT"), Money.euros("0.01"),
            new Sku("GOLD"), Money.euros("1000.00"),
            new Sku("DUKE"), new Money(new BigDecimal("5.00"), "USD"));

    @Test
    void sumsTheLinesAtCataloguePrices() {
        assertThat(quote(null, line("LAMP", 3), line("CENT", 1)))
                .isEqualTo(new Priced(
                        List.of(
                                new PricedLine(new Sku("LAMP"), 3, Money.euros("12.50")),
                                new PricedLine(new Sku("CENT"), 1, Money.euros("0.01"))),
                        Money.euros("37.51")));
    }

    @Test
    void reportsEveryInvalidLine() {
        assertThat(quote(null, line("GONE", 1), line("LAMP", 1), line("LAMP", 1), line("LOST", 1)))
                .isEqualTo(new Invalid(List.of(
                        new Violation("lines[0].sku", "is not in the catalogue"),
                        new Violation("lines[2].sku", "repeats the product of an earlier line"),
                        new Violation("lines[3].sku", "is not in the catalogue"))));
    }

    @Test
    void rejectsMixedCurrencies() {
        assertInvalid(quote(null, line("LAMP", 1), line("DUKE", 1)), "lines");
    }

    @Test
    void rejectsATotalAboveTheLimit() {
        assertThat(quote(null, line("GOLD", 1_000))).isInstanceOf(Priced.class);
        assertInvalid(quote(null, line("GOLD", 1_000), line("CENT", 1)), "lines");
    }

    @Test
    void comparesTheTotalWithTheExpectedTotal() {
        assertThat(quote(Money.euros("12.50"), line("LAMP", 1))).isInstanceOf(Priced.class);
        assertInvalid(quote(Money.euros("12.49"), line("LAMP", 1)), "expectedTotal");
        assertInvalid(quote(new Money(new BigDecimal("12.50"), "USD"), line("LAMP", 1)), "expectedTotal");
    }

    private static Quote quote(@Nullable Money expectedTotal, OrderLine... lines) {
        var draft = new OrderDraft(
                new CustomerId("alice"),
                Arrays.asList(lines),
                new Address("Alice", "Lindenstr. 5", "Berlin", "10969", "DE"),
                expectedTotal);
        return Quote.of(draft, PRICES);
    }

    private static OrderLine line(String sku, int quantity) {
        return new OrderLine(new Sku(sku), quantity);
    }

    private static void assertInvalid(Quote quote, String field) {
        assertThat(quote)
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .extracting(Violation::field)
                                .containsExactly(field));
    }
}
