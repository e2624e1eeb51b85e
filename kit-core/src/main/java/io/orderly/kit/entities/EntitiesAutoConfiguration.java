package io.orderly.kit.entities;

import io.orderly.kit.unitofwork.PendingChanges;
import io.orderly.kit.unitofwork.UnitOfWorkAutoConfiguration;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/** Flushes changed entities before the statements of a unit of work are executed. */
@AutoConfiguration(
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
        before = UnitOfWorkAutoConfiguration.class)
@ConditionalOnClass({EntityManagerFactory.class, HibernateJpaDialect.class})
@ConditionalOnBean(EntityManagerFactory.class)
public class EntitiesAutoConfiguration {

    /**
     * Translates the exceptions of the entity manager by SQL state, as for JDBC. Spring's default translation of Hibernate's
     * exceptions does not distinguish a duplicate key from other violated constraints.
     */
    @Bean
    PendingChanges changedEntities(EntityManagerFactory factory, DataSource dataSource) {
        if (!(factory instanceof EntityManagerFactoryInfo info
                && info.getJpaDialect() instanceof HibernateJpaDialect dialect)) {
            throw new IllegalStateException("the entity manager factory is not Spring's for Hibernate");
        }
        dialect.setJdbcExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator(dataSource));
        return new ChangedEntities(factory, dialect);
    }
}
