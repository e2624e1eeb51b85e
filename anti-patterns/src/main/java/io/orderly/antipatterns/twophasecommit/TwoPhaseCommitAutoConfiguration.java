package io.orderly.antipatterns.twophasecommit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.orderly.antipatterns.AntiPatternMigrations;
import io.orderly.kit.retention.Retention;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Adds transaction branches to a service, and metrics of those that are in doubt. */
@AutoConfiguration(after = {JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(TwoPhaseCommitProperties.class)
@Import(BranchController.class)
class TwoPhaseCommitAutoConfiguration {

    @Bean
    TransactionBranches branches(
            JdbcTemplate jdbc,
            UnitOfWork unitOfWork,
            PlatformTransactionManager transactions,
            TwoPhaseCommitProperties properties,
            @Value("${spring.application.name}") String serviceName,
            MeterRegistry meters) {
        var branches = new TransactionBranches(jdbc, unitOfWork, transactions, properties, serviceName);
        Gauge.builder(
                        "orderly.distributed-transaction.in-doubt",
                        branches,
                        each -> each.inDoubt().size())
                .description("Prepared transactions that wait for a decision")
                .register(meters);
        TimeGauge.builder(
                        "orderly.distributed-transaction.in-doubt.age",
                        branches,
                        TimeUnit.MILLISECONDS,
                        each -> each.inDoubt().stream()
                                .mapToLong(InDoubtBranch::ageMillis)
                                .findFirst()
                                .orElse(0))
                .description("Age of the oldest prepared transaction")
                .register(meters);
        return branches;
    }

    @Bean
    FlywayConfigurationCustomizer endedBranchTables() {
        return AntiPatternMigrations.in("all");
    }

    @Bean
    ProblemTypes branchProblems() {
        return new ProblemTypes(List.of(TransactionBranches.UNKNOWN_BRANCH));
    }

    @Bean
    Retention committedBranchRetention(TwoPhaseCommitProperties properties) {
        return new Retention("committed_branches", "committed_at", properties.commitRetention());
    }

    @Bean
    Retention rolledBackBranchRetention(TwoPhaseCommitProperties properties) {
        return new Retention("rolled_back_branches", "rolled_back_at", properties.tombstoneRetention());
    }
}
