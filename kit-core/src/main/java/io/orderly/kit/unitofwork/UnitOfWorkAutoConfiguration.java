package io.orderly.kit.unitofwork;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Provides the unit of work; in services with a database. */
@AutoConfiguration
@ConditionalOnClass(JdbcClient.class)
public class UnitOfWorkAutoConfiguration {

    @Bean
    UnitOfWork unitOfWork(DataSource dataSource, ObjectProvider<PendingChanges> pendingChanges) {
        return new UnitOfWork(dataSource, pendingChanges.getIfAvailable(() -> PendingChanges.NONE));
    }
}
