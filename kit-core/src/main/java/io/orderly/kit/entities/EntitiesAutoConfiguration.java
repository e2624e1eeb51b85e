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

/** Flushes changed entities before a unit of work writes. */
@AutoConfiguration(
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
        before = UnitOfWorkAutoConfiguration.class)
@ConditionalOnClass({EntityManagerFactory.class, HibernateJpaDialect.class})
@ConditionalOnBean(EntityManagerFactory.class)
public class EntitiesAutoConfiguration {

    /**
     * Has every exception of the entity manager translated by its SQL state, as those of JDBC are: for Hibernate's own classes, a
     * duplicate key is only some violated constraint.
     */
    @Bean
    PendingChanges changedEntities(EntityManagerFactory factory, DataSource dataSource) {
        if (!(factory instanceof EntityManagerFactoryInfo info
                && info.getJpaDialect() instanceof HibernateJpaDialect dialect)) {
            throw new IllegalStateException("the entity manager factory is not one of Hibernate's, made by Spring");
        }
        dialect.setJdbcExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator(dataSource));
        return new ChangedEntities(factory, dialect);
    }
}
