package io.orderly.antipatterns;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.payment.PaymentServiceApplication;
import java.math.BigDecimal;
import java.time.Duration;
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

/** Base class of tests of the payment-service, with PostgreSQL, Kafka and a payment provider. */
@SpringBootTest(
        classes = PaymentServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            SingleServiceSettings.PAYMENT_DEFAULTS,
            SingleServiceSettings.PAYMENT_MIGRATIONS,
            "orderly.payment.opening-balances.broke=0",
            "orderly.payment.claim=1s",
            "orderly.payment.sweep-interval=50ms",
            "orderly.payment.retry-delay=50ms",
            "orderly.payment.longest-retry-delay=200ms",
            "orderly.payment.provider.read-timeout=300ms",
            "orderly.payment.delay-between-tries=20ms",
            "resilience4j.circuitbreaker.instances.provider.wait-duration-in-open-state=300ms"
        })
public abstract class PaymentIntegrationTest {

    protected static final Map<String, String> BACKENDS = SharedBackends.springProperties("payments");

    protected static final TestProvider provider = TestProvider.start();

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
}
