package io.orderly.partnerstubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.testing.KafkaTap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PartnerStubsIntegrationTest {

    private static final Money PRICE = Money.euros("1.20");
    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("partners");
    private static final KafkaTap KAFKA =
            new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of(Topic.SAGA_REPLIES.topicName()));

    private final OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void everyStepAndItsCompensationSucceeds() {
        KAFKA.send(new ChargePayment(order, new CustomerId("ada"), PRICE));
        KAFKA.send(new ScheduleShipment(order, new Address("Ada", "Lindenstr. 5", "Berlin", "10969", "DE")));
        KAFKA.send(new CancelShipment(order));
        KAFKA.send(new RefundPayment(order));

        awaitReplies(4);
        assertThat(replies())
                .hasAtLeastOneElementOfType(ChargeCaptured.class)
                .hasAtLeastOneElementOfType(ShipmentBooked.class)
                .hasAtLeastOneElementOfType(ShipmentWithdrawn.class)
                .hasAtLeastOneElementOfType(ChargeReversed.class);
    }

    @Test
    void oneCustomerIsDeclined() {
        KAFKA.send(new ChargePayment(order, new CustomerId("broke"), PRICE));

        awaitReplies(1);
        assertThat(replies()).hasOnlyElementsOfType(StepDeclined.class);
    }

    private void awaitReplies(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> replies().size() >= count);
    }

    private List<Message> replies() {
        return KAFKA.messages(Topic.SAGA_REPLIES.topicName(), order.toString());
    }
}
