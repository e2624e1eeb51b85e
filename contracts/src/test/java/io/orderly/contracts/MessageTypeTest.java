package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.payment.PaymentCommand;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.shipping.ShippingCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageTypeTest {

    @Test
    void everyTopicHasTheMessagesOfItsInterfaceOnly() {
        Map<Topic, Class<?>> families = Map.of(
                Topic.INVENTORY_COMMANDS, InventoryCommand.class,
                Topic.PAYMENT_COMMANDS, PaymentCommand.class,
                Topic.SHIPPING_COMMANDS, ShippingCommand.class,
                Topic.SAGA_REPLIES, Reply.class,
                Topic.ORDER_EVENTS, OrderEvent.class);
        Map<Topic, List<Class<?>>> records = MessageType.all().stream()
                .collect(Collectors.groupingBy(
                        MessageType::topic, Collectors.mapping(MessageType::record, Collectors.toList())));

        families.forEach((topic, family) -> assertThat(records.get(topic))
                .as(topic.topicName())
                .containsExactlyInAnyOrderElementsOf(leaves(family).toList()));
        assertThat(records.get(Topic.PRODUCTS)).hasSize(1);
        assertThat(records).containsOnlyKeys(Topic.values());
    }

    @Test
    void namesAreUniqueAndVersioned() {
        assertThat(MessageType.all()).extracting(MessageType::name).doesNotHaveDuplicates();
        assertThat(MessageType.all())
                .allSatisfy(type -> assertThat(type.name())
                        .isEqualTo("io.orderly." + type.topic().topicName() + "."
                                + type.record().getSimpleName() + ".v1"));
    }

    @Test
    void canBeFoundByNameAndByMessage() {
        for (Samples.Sample sample : Samples.ALL) {
            Message message = MessageCodec.decode(sample.type().name(), sample.json());
            assertThat(MessageType.of(message)).isSameAs(sample.type());
        }
        assertThat(MessageType.named("io.orderly.order.events.OrderPlaced.v2")).isEmpty();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageTypeTest::leaves)
                : Stream.of(type);
    }
}
