package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.AntiPatternMigrations;
import io.orderly.order.OrderServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The order-service is the transaction manager. */
@AutoConfiguration
@ConditionalOnClass(OrderServiceApplication.class)
@ConditionalOnBean(OrderServiceApplication.class)
@EnableConfigurationProperties(TransactionManagerProperties.class)
@Import({
    DecisionLog.class,
    DistributedOrderPlacement.class,
    EnlistedParticipants.class,
    InDoubtReport.class,
    TransactionRecovery.class,
    TransactionManager.class,
    DistributedTransactionController.class
})
class TransactionManagerAutoConfiguration {

    @Bean
    FlywayConfigurationCustomizer decisionTables() {
        return AntiPatternMigrations.in("orders");
    }
}
