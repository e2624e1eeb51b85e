package io.orderly.lab.trial;

import static io.orderly.lab.experiment.FileProblems.path;

import io.orderly.lab.experiment.FaultFields;
import io.orderly.lab.experiment.FileProblems;
import io.orderly.lab.experiment.SystemDescription;
import io.orderly.lab.trial.SystemDocument.EndFields;
import io.orderly.lab.trial.SystemDocument.InvariantFields;
import io.orderly.lab.trial.SystemDocument.OrderFields;
import io.orderly.lab.trial.SystemDocument.PlaceFields;
import io.orderly.lab.trial.SystemDocument.ProcessFields;
import io.orderly.lab.trial.SystemDocument.ScenarioFields;
import io.orderly.stack.link.Link;
import io.orderly.stack.process.PortCheck;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Checks what the fields of a foreign system say together, and what they require of the machine. Skips fields that are null. */
final class SystemChecks {

    /** Names are parts of placeholders, of the names of links, and of the names of files. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final List<String> FAULTS =
            List.of("kill", "pause", "restart", "isolation", "latency", "loss", "cut", "slow", "refuse", "reset");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SystemDocument document;
    private final Map<String, String> values;
    private final FileProblems problems;

    /** @param values those of the placeholders that are known before a run */
    SystemChecks(SystemDocument document, Map<String, String> values, FileProblems problems) {
        this.document = document;
        this.values = values;
        this.problems = problems;
    }

    void check() {
        List<String> earlier = new ArrayList<>();
        each("processes", document.processes(), (name, process) -> {
            check(path("processes", name), process, earlier);
            earlier.add(name);
        });
        if (document.orders() != null) {
            check(document.orders());
        }
        each("invariants", document.invariants(), (name, invariant) -> check(path("invariants", name), invariant));
        each("scenarios", document.scenarios(), (name, scenario) -> check(path("scenarios", name), scenario));
    }

    private void check(String at, ProcessFields process, List<String> earlier) {
        Integer port = process.port();
        String portField = path(at, "port");
        if (port != null && !problems.has(portField)) {
            if (earlier.stream()
                    .anyMatch(
                            other -> port.equals(document.processes().get(other).port()))) {
                problems.add(portField, "is that of another process: " + port);
            } else if (PortCheck.isInUse(port)) {
                problems.add(portField, "is in use: " + port);
            }
        }
        for (String need : process.needs()) {
            if (need != null && !earlier.contains(need)) {
                problems.add(
                        path(at, "needs"), "should name processes that are described before it, and names " + need);
            }
        }
        each(path(at, "links"), process.links(), (name, target) -> {
            String field = path(path(at, "links"), name);
            rendered(field, target, values).ifPresent(text -> require(field, "", () -> SystemDocument.targetOf(text)));
        });
        Map<String, String> ofProcess = new HashMap<>(values);
        ofProcess.put("data", "data");
        process.links().keySet().forEach(link -> ofProcess.put("link." + link, "0"));
        List<String> command = Objects.requireNonNullElse(process.command(), List.of());
        for (int i = 0; i < command.size(); i++) {
            rendered(path(path(at, "command"), i), command.get(i), ofProcess);
        }
        process.environment().forEach((name, value) -> rendered(path(path(at, "environment"), name), value, ofProcess));
    }

    private void check(OrderFields orders) {
        Optional<String> url = rendered("orders.url", orders.url(), values);
        url.ifPresent(text -> requireAddress("orders.url", text));
        Map<String, String> ofOrder = new HashMap<>(values);
        ofOrder.put(Template.NUMBER, "0");
        ofOrder.put("order.key", "key-000000");
        PlaceFields place = orders.place();
        if (place != null) {
            requirePath("orders.place.path", url, place.path(), ofOrder);
            place.headers().forEach((name, value) -> {
                String field = path("orders.place.headers", name);
                rendered(field, value, ofOrder)
                        .ifPresent(text -> require(
                                field,
                                "is refused: ",
                                () -> HttpRequest.newBuilder().header(name, text)));
            });
            rendered("orders.place.body", place.body(), ofOrder)
                    .ifPresent(text -> requireJson("orders.place.body", text));
        }
        EndFields end = orders.end();
        if (end != null) {
            ofOrder.put("order.id", "id");
            requirePath("orders.end.path", url, end.path(), ofOrder);
            if (end.right() != null && !Collections.disjoint(end.right(), end.wrong())) {
                problems.add("orders.end.wrong", "should not have a state that is right");
            }
        }
    }

    private void check(String at, InvariantFields invariant) {
        boolean hasQuery = problems.isInFile(path(at, "sql"));
        if (hasQuery == problems.isInFile(path(at, "list"))) {
            problems.add(at, "should have either sql or list");
        }
        if (hasQuery != problems.isInFile(path(at, "database"))) {
            problems.add(at, hasQuery ? "should have the database of its sql" : "should have sql for its database");
        }
        String list = path(at, "list");
        rendered(list, invariant.list(), values).ifPresent(text -> requireAddress(list, text));
        if (invariant.sql() != null) {
            Invariant.Query.problemOf(invariant.sql()).ifPresent(problem -> problems.add(path(at, "sql"), problem));
        }
        String database = path(at, "database");
        rendered(database, invariant.database(), values).ifPresent(text -> {
            try {
                DriverManager.getDriver(text);
            } catch (SQLException e) {
                problems.add(
                        database, "should be a JDBC URL of PostgreSQL, such as jdbc:postgresql://127.0.0.1:5432/shop");
            }
        });
    }

    private void check(String at, ScenarioFields scenario) {
        if (problems.isInFile(path(at, "orders-per-second")) == problems.isInFile(path(at, "in-flight"))) {
            problems.add(at, "should have either orders-per-second or in-flight");
        }
        Duration during = document.phases() == null ? null : document.phases().during();
        for (int i = 0; i < scenario.faults().size(); i++) {
            FaultFields fault = scenario.faults().get(i);
            if (fault != null) {
                check(path(path(at, "faults"), i), fault, during);
            }
        }
    }

    private void check(String at, FaultFields fault, @Nullable Duration during) {
        if (fault.fields().containsKey("fault")
                && FAULTS.contains(fault.fields().get("fault").asString(""))) {
            fault.check(at, during, parts(), problems);
        } else {
            problems.add(path(at, "fault"), "must be one of " + String.join(", ", FAULTS));
        }
    }

    /** What faults can affect. Faults within a process need a module of this repository in it. */
    private SystemDescription parts() {
        List<String> links = new ArrayList<>();
        each(
                "",
                document.processes(),
                (name, process) -> process.links().keySet().forEach(link -> links.add(new Link(name, link).name())));
        return new SystemDescription(
                List.copyOf(document.processes().keySet()), List.of(), links, List.of(), List.of(), Map.of());
    }

    private void requirePath(String field, Optional<String> url, @Nullable String path, Map<String, String> known) {
        rendered(field, path, known).ifPresent(text -> {
            if (!text.startsWith("/")) {
                problems.add(field, "should begin with /, and is " + path);
            } else {
                url.filter(_ -> !problems.has("orders.url")).ifPresent(base -> requireAddress(field, base + text));
            }
        });
    }

    private void requireAddress(String field, String address) {
        require(field, "should be an HTTP address: ", () -> HttpRequest.newBuilder(URI.create(address)));
    }

    /** @param problem a phrase that the message of an {@link IllegalArgumentException} continues */
    private void require(String field, String problem, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException e) {
            problems.add(field, problem + e.getMessage());
        }
    }

    private void requireJson(String field, String text) {
        try {
            if (JSON.readTree(text).isMissingNode()) {
                problems.add(field, "should be JSON, and is empty");
            }
        } catch (JacksonException e) {
            problems.add(field, "should be JSON, and is with the values of an order " + text.strip());
        }
    }

    /** The text with its values; empty if it is null or something is wrong with it. */
    private Optional<String> rendered(String field, @Nullable String text, Map<String, String> known) {
        if (text == null || problems.has(field)) {
            return Optional.empty();
        }
        Template rendered = new Template(text).with(known);
        Optional<String> unknown = rendered.placeholder();
        unknown.ifPresent(placeholder -> problems.add(
                field,
                "has the unknown placeholder %s; there are %s"
                        .formatted(placeholder, String.join(", ", new TreeSet<>(known.keySet())))));
        return unknown.isEmpty() ? Optional.of(rendered.text()) : Optional.empty();
    }

    private <T> void each(String at, Map<String, @Nullable T> items, BiConsumer<String, T> check) {
        items.forEach((name, item) -> {
            if (!at.isEmpty() && !NAME.matcher(name).matches()) {
                problems.add(path(at, name), "should be named with small letters, digits and hyphens");
            } else if (item != null) {
                check.accept(name, item);
            }
        });
    }
}
