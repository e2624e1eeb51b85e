package io.orderly.kit.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import java.util.List;
import java.util.Objects;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

class ArrayFunctionsIntegrationTest {

    private LocalContainerEntityManagerFactoryBean factory;
    private SessionFactory sessions;

    @BeforeEach
    void connect() {
        Database database = SharedBackends.freshDatabase("arrays");
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("create table notes (note text primary key)").update();
        jdbc.sql("insert into notes (note) values ('a'), ('b'), ('c')").update();
        factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setPersistenceUnitName("notes");
        factory.setMappingResources("io/orderly/kit/entities/notes.orm.xml");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.afterPropertiesSet();
        sessions = Objects.requireNonNull(factory.getObject()).unwrap(SessionFactory.class);
    }

    @AfterEach
    void disconnect() {
        factory.destroy();
    }

    @Test
    void findsTheRowsWhoseValueIsInTheArray() {
        assertThat(find("a", "c", "z")).containsExactly("a", "c");
        assertThat(find()).isEmpty();
    }

    @Test
    void theTranslationIsKeptForArraysOfAnyLength() {
        Statistics statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        find("a");
        long translations = statistics.getQueryPlanCacheMissCount();
        long uses = statistics.getQueryPlanCacheHitCount();

        find("a", "b");
        find("a", "b", "c");

        assertThat(statistics.getQueryPlanCacheMissCount()).isEqualTo(translations);
        // for each of the two, the interpretation of the text and the plan
        assertThat(statistics.getQueryPlanCacheHitCount()).isEqualTo(uses + 4);
    }

    private List<String> find(String... notes) {
        return sessions.fromSession(session -> session.createQuery(
                        "select n.note from Note n where any_of(:notes, n.note) order by n.note", String.class)
                .setParameter("notes", notes)
                .list());
    }
}
