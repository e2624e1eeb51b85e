package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.kit.messaging.RawMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Records of earlier versions that come again on the topic of the catalogue, as from a relay that was paused before it sent them. */
class CatalogueTopicIntegrationTest extends InventoryIntegrationTest {

    private static final String TOPIC = Topic.PRODUCTS.topicName();

    @Autowired
    Pricing pricing;

    @Autowired
    MeterRegistry meters;

    @Test
    void lateVersionsAreFollowedByTheCurrentOne() {
        Sku sku = changed(2);

        sendAgain(sku, 2);

        await().until(() -> versions(sku).size() >= 4);
        assertThat(versions(sku)).startsWith(2L, 3L, 2L, 3L);
        assertThat(published(sku).getLast().price()).isEqualTo(Money.euros("13.00"));
    }

    @Test
    void reorderedLateVersionsAreFollowedByTheCurrentOne() {
        Sku sku = changed(3);

        sendAgain(sku, 3);
        sendAgain(sku, 2);

        await().until(() -> versions(sku).lastIndexOf(2L) > 0);
        await().until(() -> versions(sku).getLast() == 4);
    }

    @Test
    void duplicatesOfTheCurrentVersionAreLeftAlone() {
        Sku sku = changed(2);
        double before = repairs();

        sendAgain(sku, 3);
        sendAgain(sku, 3);
        sendAgain(sku, 2);

        await().until(() -> versions(sku).size() >= 6);
        assertThat(versions(sku)).startsWith(2L, 3L, 3L, 3L, 2L, 3L);
        // an instance of another test may have been the one that repaired it
        assertThat(repairs() - before).isLessThanOrEqualTo(1);
    }

    /** A product with as many changes, all published. */
    private Sku changed(int changes) {
        Sku sku = newProduct(1);
        IntStream.range(0, changes).forEach(i -> pricing.change(sku, Money.euros((12 + i) + ".00")));
        await().until(() -> versions(sku).size() == changes);
        return sku;
    }

    private void sendAgain(Sku sku, long version) {
        RawMessage message = kafka.seen(TOPIC, sku.value()).get(versions(sku).indexOf(version));
        kafka.send(TOPIC, sku.value(), message.headers(), message.body());
    }

    private static List<Long> versions(Sku sku) {
        return published(sku).stream().map(ProductChanged::version).toList();
    }

    private static List<ProductChanged> published(Sku sku) {
        return kafka.messages(TOPIC, sku.value()).stream()
                .map(ProductChanged.class::cast)
                .toList();
    }

    private double repairs() {
        return meters.counter("orderly.catalogue.repairs").count();
    }
}
