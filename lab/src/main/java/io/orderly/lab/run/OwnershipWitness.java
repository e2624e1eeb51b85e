package io.orderly.lab.run;

import io.orderly.backends.Database;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.run.RunResult.Ownership;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts what instances of the order-service write to partitions that they have lost, whether or not the service prevents it. Triggers in its
 * database note which instance has raised the token of a partition last, and compare it with the instance that decides on a deadline, at its
 * commit, or that deletes published messages. They change nothing else. An instance is recognized by the name of its connections.
 */
final class OwnershipWitness {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String DATABASE = "orders";
    private static final List<String> REFUSALS = List.of("orderly.outbox.refusals", "orderly.partitions.refusals");

    private static final List<String> INSTALLATION = List.of(
            "create table witness_owners (partition_id smallint primary key, instance text not null)",
            "create table witness_stale_writes (kind text, key text, writer text, owner text)",
            """
            create function witness_owner() returns trigger language plpgsql as $$
            begin
                insert into witness_owners values (new.partition_id, current_setting('application_name'))
                    on conflict (partition_id) do update set instance = excluded.instance;
                return null;
            end $$""",
            """
            create trigger witness_owner after update on partition_tokens
               for each row when (new.token > old.token) execute function witness_owner()""",
            """
            create function witness_decision() returns trigger language plpgsql as $$
            begin
                insert into witness_stale_writes
                select 'deadline', new.order_id, current_setting('application_name'), owner.instance
                  from sagas join witness_owners as owner using (partition_id)
                 where sagas.order_id = new.order_id and owner.instance <> current_setting('application_name');
                return null;
            end $$""",
            // deferred: the owner may change between the statement and the commit
            """
            create constraint trigger witness_decision after insert on saga_timeline deferrable initially deferred
               for each row when (new.kind = 'DEADLINE') execute function witness_decision()""",
            """
            create function witness_deletion() returns trigger language plpgsql as $$
            begin
                insert into witness_stale_writes
                select 'message', deleted.position, current_setting('application_name'), owner.instance
                  from deleted join witness_owners as owner using (partition_id)
                 where owner.instance <> current_setting('application_name');
                return null;
            end $$""",
            """
            create trigger witness_deletion after delete on outbox referencing old table as deleted
               for each statement execute function witness_deletion()""");

    private final Database database;
    private final List<URI> services;

    OwnershipWitness(Database database, List<URI> services) {
        this.database = database;
        this.services = services;
    }

    /** @param system without load, with services that are ready */
    static OwnershipWitness install(IsolatedSystem system) {
        List<URI> services = system.processes().stream()
                .filter(process -> isService(process.name()))
                .map(ManagedProcess::plan)
                .map(plan -> Topology.url(plan.port()))
                .toList();
        return install(system.database(DATABASE), services);
    }

    /** @param services the instances whose refusals are counted */
    static OwnershipWitness install(Database database, List<URI> services) {
        var witness = new OwnershipWitness(database, services);
        witness.connected(jdbc -> INSTALLATION.stream()
                .map(statement -> jdbc.sql(statement).update())
                .toList());
        return witness;
    }

    /** What was counted so far. */
    Ownership seen() {
        long staleWrites = connected(jdbc -> jdbc.sql("select count(*) from witness_stale_writes")
                .query(Long.class)
                .single());
        return new Ownership(staleWrites, refusals());
    }

    private @Nullable Long refusals() {
        double all = 0;
        for (URI metric : metrics()) {
            try (HttpClient http = HttpClient.newHttpClient()) {
                String body = http.send(
                                HttpRequest.newBuilder(metric).timeout(TIMEOUT).build(), BodyHandlers.ofString())
                        .body();
                all += JSON.readTree(body)
                        .path("measurements")
                        .path(0)
                        .path("value")
                        .asDouble();
            } catch (IOException | JacksonException unavailable) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return Math.round(all);
    }

    private List<URI> metrics() {
        return services.stream()
                .flatMap(service -> REFUSALS.stream().map(name -> service.resolve("/actuator/metrics/" + name)))
                .toList();
    }

    private <T extends @Nullable Object> T connected(Function<JdbcClient, T> work) {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            return work.apply(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        } catch (SQLException e) {
            throw new ProcessFailure("%s cannot be read: %s".formatted(database.jdbcUrl(), e.getMessage()), e);
        }
    }

    private static boolean isService(String process) {
        return FaultInjector.SETTINGS.keySet().stream().anyMatch(service -> process.startsWith(service + "-"));
    }
}
