package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.InventoryServiceApplication;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class CatalogueIntegrationTest extends InventoryIntegrationTest {

    @Autowired
    Pricing pricing;

    @Test
    void isPublishedOnceEvenIfAnotherInstanceStarts() {
        String[] settings = Stream.concat(
                        BACKENDS.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.of("--server.port=0", "--logging.level.root=error"))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext second =
                SpringApplication.run(InventoryServiceApplication.class, settings)) {
            // anything that the second instance publishes at its start precedes this change
            Sku sku = newProduct(1);
            second.getBean(Pricing.class).change(sku, Money.euros("11.00"));
            await().until(() -> published(sku).size() == 1);
        }

        List<ProductChanged> expected = SeedCatalogue.seeds().stream()
                .map(seed -> seed.product().toMessage())
                .toList();
        await().untilAsserted(
                        () -> assertThat(published(expected.getLast().sku())).isNotEmpty());
        for (ProductChanged product : expected) {
            assertThat(published(product.sku())).containsExactly(product);
        }
    }

    @Test
    void publishesOnlyPricesThatChange() {
        Sku sku = newProduct(1);

        pricing.change(sku, Money.euros("12.00"));
        pricing.change(sku, Money.euros("12.00"));
        pricing.change(sku, Money.euros("13.00"));

        await().until(() -> published(sku).size() >= 2);
        assertThat(published(sku))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("revision")
                .containsExactly(
                        new ProductChanged(sku, "A test", Money.euros("12.00"), 2),
                        new ProductChanged(sku, "A test", Money.euros("13.00"), 3));
        assertThat(published(sku))
                .extracting(message -> ((ProductChanged) message).revision())
                .isSorted()
                .doesNotContainNull();
    }

    @Test
    void publishesConcurrentChangesInVersionOrder() {
        Sku sku = newProduct(1);

        IntStream.range(20, 50).parallel().forEach(euros -> pricing.change(sku, Money.euros(euros + ".00")));

        await().until(() -> published(sku).size() == 30);
        assertThat(published(sku))
                .extracting(message -> ((ProductChanged) message).version())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 31).boxed().toList());
    }

    private static List<Message> published(Sku sku) {
        return kafka.messages(Topic.PRODUCTS.topicName(), sku.value());
    }
}
