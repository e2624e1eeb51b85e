package io.orderly.kit.unitofwork;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives a service the unit of work of its transactions. */
@AutoConfiguration
public class UnitOfWorkAutoConfiguration {

    @Bean
    UnitOfWork unitOfWork(DataSource dataSource, ObjectProvider<PendingChanges> changesBefore) {
        return new UnitOfWork(dataSource, changesBefore.getIfAvailable(() -> PendingChanges.NONE));
    }
}
