package io.orderly.payment;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.kit.entities.EntitiesAutoConfiguration;
import io.orderly.payment.ledger.AccountLists;
import io.orderly.payment.ledger.Ledger;
import java.math.BigDecimal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;

/**
 * Base class of the tests of entities and repositories: the migrated schema in a database of its own, without web,
 * messaging and workers. Each test is rolled back unless it says otherwise.
 */
@SpringBootTest(classes = JpaSliceTest.Slice.class, webEnvironment = WebEnvironment.NONE)
@Transactional
public abstract class JpaSliceTest {

    private static final Database DATABASE = SharedBackends.freshDatabase("payments_jpa");

    @Autowired
    protected JdbcClient jdbc;

    /** Not a {@code @Configuration}, so that component scans of other tests do not find it. */
    @AutoConfigurationPackage
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        DataJpaRepositoriesAutoConfiguration.class,
        EntitiesAutoConfiguration.class
    })
    @EnableConfigurationProperties(PaymentProperties.class)
    @Import({Ledger.class, AccountLists.class})
    static class Slice {}

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        DATABASE.springProperties().forEach((name, value) -> registry.add(name, () -> value));
    }

    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    protected BigDecimal balanceOf(String customer) {
        return jdbc.sql("select balance from accounts where customer_id = ?")
                .param(customer)
                .query(BigDecimal.class)
                .single();
    }
}
