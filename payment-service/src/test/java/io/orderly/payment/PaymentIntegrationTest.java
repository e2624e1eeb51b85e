package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.kit.testing.KafkaTap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Base class of the integration tests: one payment-service with PostgreSQL, Kafka and a payment provider. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "orderly.payment.opening-balances.broke=0",
            "orderly.payment.opening-balances.penniless=0",
            "orderly.payment.opening-balances.modest=100.00",
            "orderly.payment.opening-balances.frugal=100.00",
            "orderly.payment.claim=1s",
            "orderly.payment.sweep-interval=50ms",
            "orderly.payment.retry-delay=50ms",
            "orderly.payment.longest-retry-delay=200ms",
            "orderly.payment.provider.read-timeout=300ms",
            "orderly.payment.delay-between-tries=20ms",
            "resilience4j.circuitbreaker.instances.provider.wait-duration-in-open-state=300ms"
        })
public abstract class PaymentIntegrationTest {

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("payments");

    protected static final TestProvider provider = TestProvider.start();
    protected static final KafkaTap kafka = new KafkaTap(
            BACKENDS.get("spring.kafka.bootstrap-servers"),
            List.of(Topic.SAGA_REPLIES.topicName(), Topic.PAYMENT_COMMANDS.deadLetterTopicName()));

    @Autowired
    protected JdbcClient jdbc;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("orderly.payment.provider.url", provider::url);
    }

    @AfterEach
    void resetProvider() {
        provider.reset();
    }

    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    protected static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    protected static void charge(OrderId order, String customer, String euros) {
        kafka.send(new ChargePayment(order, new CustomerId(customer), Money.euros(euros)));
    }

    protected static void refund(OrderId order) {
        kafka.send(new RefundPayment(order));
    }

    protected static List<Message> replies(OrderId order) {
        return kafka.messages(Topic.SAGA_REPLIES.topicName(), order.toString());
    }

    protected static List<Message> awaitReplies(OrderId order, int count) {
        await().untilAsserted(() -> assertThat(replies(order)).hasSizeGreaterThanOrEqualTo(count));
        return replies(order);
    }

    protected String stateOf(OrderId order) {
        return jdbc.sql("select coalesce((select state from payments where order_id = ?), 'NONE')")
                .param(order.value())
                .query(String.class)
                .single();
    }

    protected BigDecimal balanceOf(String customer) {
        return jdbc.sql("select balance from accounts where customer_id = ?")
                .param(customer)
                .query(BigDecimal.class)
                .single();
    }

    protected void awaitAllSettled() {
        await().until(() -> jdbc.sql("select count(*) from payments where due_at is not null")
                        .query(Long.class)
                        .single()
                == 0);
    }
}
