package io.orderly.kit.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.kit.unitofwork.UnitOfWork;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

class ChangedEntitiesIntegrationTest {

    private LocalContainerEntityManagerFactoryBean factory;
    private EntityManager entities;
    private TransactionTemplate transactions;
    private UnitOfWork unitOfWork;
    private JdbcClient jdbc;

    @BeforeEach
    void connect() {
        Database database = SharedBackends.freshDatabase("entities");
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        jdbc = JdbcClient.create(dataSource);
        jdbc.sql("create table notes (note text primary key, position bigint generated always as identity)")
                .update();
        factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setPersistenceUnitName("notes");
        factory.setMappingResources("io/orderly/kit/entities/notes.orm.xml");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.afterPropertiesSet();
        var entityManagers = Objects.requireNonNull(factory.getObject());
        entities = SharedEntityManagerCreator.createSharedEntityManager(entityManagers);
        var manager = new JpaTransactionManager(entityManagers);
        manager.setDataSource(dataSource);
        manager.setJpaDialect(factory.getJpaDialect());
        transactions = new TransactionTemplate(manager);
        unitOfWork =
                new UnitOfWork(dataSource, new EntitiesAutoConfiguration().changedEntities(entityManagers, dataSource));
    }

    @AfterEach
    void disconnect() {
        factory.destroy();
    }

    @Test
    void entitiesAreFlushedBeforeTheUnitOfWork() {
        transactions.executeWithoutResult(_ -> {
            unitOfWork.write("insert into notes (note) values (?)", "of the unit of work");
            entities.persist(new Note("of an entity"));
        });

        assertThat(notes()).containsExactly("of an entity", "of the unit of work");
    }

    @Test
    void aDuplicateKeyOfAnEntityIsADuplicateKeyException() {
        transactions.executeWithoutResult(_ -> entities.persist(new Note("a")));

        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                    unitOfWork.write("insert into notes (note) values (?)", "b");
                    entities.persist(new Note("a"));
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(notes()).containsExactly("a");
    }

    @Test
    void aDuplicateKeyWithoutAUnitOfWorkIsADuplicateKeyException() {
        transactions.executeWithoutResult(_ -> entities.persist(new Note("a")));

        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> entities.persist(new Note("a"))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    private List<String> notes() {
        return jdbc.sql("select note from notes order by position")
                .query(String.class)
                .list();
    }

    static class Note {

        private String note;

        protected Note() {
            this("");
        }

        Note(String note) {
            this.note = note;
        }
    }
}
