package io.orderly.kit.unitofwork;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the unit of work. */
@AutoConfiguration
public class UnitOfWorkAutoConfiguration {

    @Bean
    UnitOfWork unitOfWork(DataSource dataSource, ObjectProvider<PendingChanges> pendingChanges) {
        return new UnitOfWork(dataSource, pendingChanges.getIfAvailable(() -> PendingChanges.NONE));
    }
}
