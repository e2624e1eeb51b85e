package io.orderly.kit.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.retention.Retention;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import javax.sql.DataSource;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Provides idempotent requests to controllers. */
@AutoConfiguration(after = {JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(IdempotencyProperties.class)
class IdempotencyAutoConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(IdempotencyKey.class);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(
            JdbcTemplate jdbc, UnitOfWork unitOfWork, PlatformTransactionManager transactions, MeterRegistry meters) {
        return new IdempotencyKeys(jdbc, unitOfWork, new TransactionTemplate(transactions), meters);
    }

    @Bean
    Retention idempotencyKeyRetention(IdempotencyProperties properties) {
        return new Retention("idempotency_keys", "created_at", properties.retention());
    }

    @Bean
    WebMvcConfigurer idempotentRequests() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new IdempotencyKeyResolver());
            }
        };
    }

    @Bean
    OperationCustomizer idempotencyKeyInOpenApi() {
        return new IdempotencyKeyInOpenApi();
    }

    @Bean
    ProblemTypes idempotencyProblems() {
        return new ProblemTypes(List.of(IdempotencyKeys.REUSED, IdempotencyKeys.IN_FLIGHT));
    }
}
