package io.orderly.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.ExperimentSize;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.RetryPolicy;
import io.orderly.lab.load.RetryPolicy.Pauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentFileTest {

    private static final SystemDescription INSTALLATION = new SystemDescription(
            List.of("kafka", "order-service"),
            List.of("order-service"),
            List.of("order-service->kafka"),
            List.of("coordinator-1", "coordinator-leader"),
            List.of("order-service->coordinator-1"),
            Map.of("order-service", List.of("dual-write")));

    private static final String SOUND = """
            title: One against the other
            question: Which one?
            arms:
              right:
                role: pattern
                calls: POST /orders
              wrong:
                role: anti-pattern
                calls: POST /anti-patterns/wrong/orders
                anti-patterns: {order-service: dual-write}
            scenarios:
              hot:
                title: Hot stock
                products: [PENCIL-HB]
                in-flight: 32
                latencies: [{links: [order-service->kafka], delay: 50ms}]
                faults: [{fault: kill, process: order-service, after: 1s, for: 2s}]
              spread:
                only: full
                orders-per-second: 12.5
            full: {warm-up: 2m, before: 30s, during: 30s, after: 30s, drain: 1m, repeats: 3}
            quick: {warm-up: 5s, before: 5s, during: 5s, after: 5s, drain: 30s}
            expect:
              - {measure: violations, arm: right, at-most: 0}
              - {measure: goodput, arm: right, relative-to: wrong, scenario: hot, phase: before, at-least: 5}
            objective: 2s
            """;

    @TempDir
    private Path folder;

    @Test
    void readsEveryFieldOfAnExperiment() throws IOException {
        Experiment experiment = ExperimentFile.read(write(SOUND), INSTALLATION);

        assertThat(experiment.name()).isEqualTo("test");
        assertThat(experiment.objective()).isEqualTo(Duration.ofSeconds(2));
        assertThat(experiment.pattern().name()).isEqualTo("right");
        assertThat(experiment.pattern().calls()).isEqualTo(new HttpCall(HttpCall.Method.POST, "/orders"));
        assertThat(experiment.arms().getLast().role()).isEqualTo(Role.ANTI_PATTERN);
        assertThat(experiment.arms().getLast().antiPatterns())
                .isEqualTo(Map.of("order-service", List.of("dual-write")));
        Scenario hot = experiment.scenarios().getFirst();
        assertThat(hot.products()).containsExactly("PENCIL-HB");
        assertThat(hot.load()).isEqualTo(new Load.Closed(32));
        assertThat(hot.latencies())
                .singleElement()
                .satisfies(latency -> assertThat(latency.delay()).isEqualTo(Duration.ofMillis(50)));
        assertThat(hot.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fault()).isEqualTo(new Fault.Kill("order-service"));
            assertThat(fault.after()).isEqualTo(Duration.ofSeconds(1));
            assertThat(fault.lasting()).isEqualTo(Duration.ofSeconds(2));
        });
        assertThat(experiment.scenarios().getLast().load()).isEqualTo(new Load.Open(12.5));
        assertThat(experiment.in(ExperimentSize.QUICK).scenarios()).containsExactly(hot);
        assertThat(experiment.in(ExperimentSize.FULL).scenarios()).isEqualTo(experiment.scenarios());
        assertThat(experiment.full().of(PhaseName.WARM_UP)).isEqualTo(Duration.ofMinutes(2));
        assertThat(experiment.full().repeats()).isEqualTo(3);
        assertThat(experiment.quick().repeats()).isEqualTo(1);
        assertThat(experiment.expectations()).hasSize(2);
        assertThat(experiment.expectations().getLast().phase()).isEqualTo(PhaseName.BEFORE);
    }

    @Test
    void aScenarioWithCoordinatorsHasTheirProcessesAndLinks() throws IOException {
        Scenario scenario = ExperimentFile.read(
                        write(SOUND.replace(
                                        "in-flight: 32",
                                        "in-flight: 32\n    coordinators: true\n    instances: 2\n    settings: {order-service: {orderly.some-time: 2s}}")
                                .replace("links: [order-service->kafka]", "links: [order-service->coordinator-1]")
                                .replace("process: order-service", "process: coordinator-leader")),
                        INSTALLATION)
                .scenarios()
                .getFirst();

        assertThat(scenario.hasCoordinators()).isTrue();
        assertThat(scenario.instances()).isEqualTo(2);
        assertThat(scenario.settings()).isEqualTo(Map.of("order-service", Map.of("orderly.some-time", "2s")));
        assertThat(scenario.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(new Fault.Kill("coordinator-leader")));
    }

    @Test
    void anArmMayCallAnotherServiceThanTheOrderService() throws IOException {
        var installation = new SystemDescription(
                INSTALLATION.processes(),
                List.of("order-service", "inventory-service"),
                INSTALLATION.links(),
                INSTALLATION.coordinators(),
                INSTALLATION.coordinatorLinks(),
                INSTALLATION.antiPatterns());
        HttpCall calls = ExperimentFile.read(
                        write(SOUND.replace("calls: POST /orders", "calls: GET inventory-service/products/{sku}")),
                        installation)
                .pattern()
                .calls();

        assertThat(calls)
                .isEqualTo(new HttpCall(HttpCall.Method.GET, "inventory-service", "/products/{sku}"))
                .hasToString("GET inventory-service/products/{sku}");
    }

    @Test
    void anArmHasSettingsAndClientsOfItsOwn() throws IOException {
        List<Arm> arms = ExperimentFile.read(
                        write(SOUND.replace("anti-patterns: {order-service: dual-write}", """
                                settings: {order-service: {orderly.some-time: 2s}}
                                    client: {retries: eager, retry-budget: 0.2, timeout: 1s}""")), INSTALLATION)
                .arms();

        assertThat(arms.getFirst().settings()).isEmpty();
        assertThat(arms.getFirst().client()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(arms.getLast().settings()).isEqualTo(Map.of("order-service", Map.of("orderly.some-time", "2s")));
        assertThat(arms.getLast().client()).isEqualTo(new RetryPolicy(Pauses.EAGER, 0.2, Duration.ofSeconds(1)));
    }

    /** A text and its replacement, the line of the error, and its message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fault: kill                  | fault: explode              | 17 | scenarios.hot.faults[0].fault must be one of kill, pause,
            process: order-service,      | ''                          | 17 | scenarios.hot.faults[0].process is missing
            process: order-service,      | process: mailman,           | 17 | scenarios.hot.faults[0].process is unknown: mailman; there are kafka, order-service
            process: order-service,      | process: kafka, loud: true, | 17 | scenarios.hot.faults[0].loud is not a known field
            fault: kill, process: order-service, | fault: latency, link: order-service->kafka, delayMillis: -5, | 17 | scenarios.hot.faults[0].delayMillis must be 1 to 60000
            fault: kill, process: order-service, | fault: latency, link: order-service->kafka, delayMillis: much, | 17 | scenarios.hot.faults[0].delayMillis has an unexpected type
            fault: kill, process: order-service, | fault: cut, link: order-service->moon, | 17 | scenarios.hot.faults[0].link is unknown: order-service->moon
            fault: kill, process: order-service, | fault: loss, link: order-service->kafka, share: 1.5, | 17 | scenarios.hot.faults[0].share must be above 0 and below 1
            process: order-service,      | process: coordinator-1,     | 17 | scenarios.hot.faults[0].process is unknown: coordinator-1; there are kafka, order-service
            links: [order-service->kafka] | links: [order-service->coordinator-1] | 16 | scenarios.hot.latencies[0].links is unknown: order-service->coordinator-1
            fault: kill, process: order-service, | fault: pause-at, service: order-service, | 17 | scenarios.hot.faults[0].point is missing
            fault: kill, process: order-service, | fault: pause-at, service: order-service, point: here, passing: 0, | 17 | scenarios.hot.faults[0].passing must be at least 1
            fault: kill, process: order-service, | fault: pause-at, service: mailman, point: here, | 17 | scenarios.hot.faults[0].service is unknown: mailman
            only: full                   | 'settings: {mailman: {a.b: c}}' | 19 | scenarios.spread.settings.mailman is unknown: mailman; there are order-service
            only: full                   | 'settings: {order-service: {a.b: 5}}' | 19 | scenarios.spread.settings.order-service.a.b should be text
            only: full                   | 'settings: {order-service: fast}' | 19 | scenarios.spread.settings.order-service should have fields
            only: full                   | 'instances: 2'              | 19 | scenarios.spread.instances needs coordinators: true
            only: full                   | 'instances: 4'              | 19 | scenarios.spread.instances should be at most 3, and is 4
            only: full                   | 'coordinators: maybe'       | 19 | scenarios.spread.coordinators should be true or false, and is maybe
            for: 2s                      | for: 6s                     | 17 | scenarios.hot.faults[0].for should end within the phase during
            for: 2s                      | for: -2s                    | 17 | scenarios.hot.faults[0].for should be a duration
            in-flight: 32                | in-flight: 0                | 15 | scenarios.hot.in-flight should be at least 1, and is 0
            in-flight: 32                | in-flight: 2.5              | 15 | scenarios.hot.in-flight should be a whole number
            per-second: 12.5             | per-second: -3              | 20 | scenarios.spread.orders-per-second should be at least 0.1, and is -3
            per-second: 12.5             | per-second: many            | 20 | scenarios.spread.orders-per-second should be a number
            links: [order-service->kafka] | links: [order-service->moon] | 16 | scenarios.hot.latencies[0].links is unknown: order-service->moon
            delay: 50ms                  | delay: 50                   | 16 | scenarios.hot.latencies[0].delay should be a duration
            order-service: dual-write    | order-service: dual-read    | 10 | arms.wrong.anti-patterns.order-service is unknown: dual-read; there are dual-write
            order-service: dual-write    | kafka: dual-write           | 10 | arms.wrong.anti-patterns.kafka is unknown: kafka; there are order-service
            'anti-patterns: {order-service: dual-write}' | 'client: {retries: often}' | 10 | arms.wrong.client.retries is unknown: often; there are retry-after, eager
            'anti-patterns: {order-service: dual-write}' | 'client: {retry-budget: 0}' | 10 | arms.wrong.client.retry-budget should be at least 0.01, and is 0
            'anti-patterns: {order-service: dual-write}' | 'client: {timeout: 5m}' | 10 | arms.wrong.client.timeout should be at most 1 min
            'anti-patterns: {order-service: dual-write}' | 'client: {patience: 5s}' | 10 | arms.wrong.client.patience is not a known field
            'anti-patterns: {order-service: dual-write}' | 'settings: {mailman: {a.b: c}}' | 10 | arms.wrong.settings.mailman is unknown: mailman; there are order-service
            only: full                   | only: slow                  | 19 | scenarios.spread.only is unknown: slow; there are full, quick
            role: anti-pattern           | role: villain               | 8  | arms.wrong.role is unknown: villain
            role: anti-pattern           | role: pattern               | 3  | arms should have exactly one of the role pattern
            calls: POST /orders          | calls: GET moon/orders      | 6  | arms.right.calls is unknown: moon; there are order-service
            calls: POST /orders          | calls: BREW /coffee         | 6  | arms.right.calls should be a request
            arm: right, at-most: 0       | arm: nobody, at-most: 0     | 24 | expect[0].arm is unknown: nobody; there are right, wrong
            measure: violations          | measure: happiness          | 24 | expect[0].measure is unknown: happiness
            arm: right, at-most: 0       | arm: right                  | 24 | expect[0] should have at-least or at-most
            scenario: hot                | scenario: cold              | 25 | expect[1].scenario is unknown: cold
            measure: violations,         | measure: violations, phase: during, | 24 | expect[0].phase does not go with violations
            title: One against the other | titel: One                  | 1  | titel is not a known field
            warm-up: 5s                  | warm-up: 5h                 | 22 | quick.warm-up should be a duration
            in-flight: 32                | 'in-flight-sweep: [4, 4]'   | 15 | scenarios.hot.in-flight-sweep should be at least two numbers, each greater than the one before
            in-flight: 32                | 'in-flight-sweep: [4]'      | 15 | scenarios.hot.in-flight-sweep should be at least two numbers
            in-flight: 32                | 'in-flight-sweep: 4'        | 15 | scenarios.hot.in-flight-sweep should be a list
            in-flight: 32                | 'in-flight-sweep: [0, 4]'   | 15 | scenarios.hot.in-flight-sweep[0] should be at least 1, and is 0
            products: [PENCIL-HB]        | 'in-flight-sweep: [1, 4]'   | 12 | scenarios.hot should have one of orders-per-second, in-flight and in-flight-sweep
            objective: 2s                | objective: 31s              | 26 | objective should be at most the patience of 30 s
            objective: 2s                | objective: 0ms              | 26 | objective should be at least 1 ms
            objective: 2s                | objective: soon             | 26 | objective should be a duration such as 500ms, 20s or 2m, and is soon
            drain: 30s                   | drain: 29s                  | 22 | quick.drain should be at least 30000 ms
            in-flight: 32                | orders: unusual, in-flight: 32 | 15 | is not YAML
            title: One against the other | title: 2026                 | 1  | title should be text, and is 2026
            title: One against the other | title: [One]                | 1  | title should be text
            title: One against the other | 'title: " "'                | 1  | title should be text
            title: One against the other | title:                      | 1  | title is empty
            title: One against the other | 'title: ""'                 | 1  | title should be text
            question: Which one?         | question: null              | 2  | question is empty
            question: Which one?         | '# none'                    | 1  | question is missing
            role: anti-pattern           | role: 1                     | 8  | arms.wrong.role is unknown: 1; there are pattern, anti-pattern
            role: anti-pattern           | role: [pattern]             | 8  | arms.wrong.role is unknown; there are pattern, anti-pattern
            role: anti-pattern           | '# none'                    | 7  | arms.wrong.role is missing
            calls: POST /orders          | calls: 7                    | 6  | arms.right.calls should be
            calls: POST /orders          | calls: [POST /orders]       | 6  | arms.right.calls should be text
            '{order-service: dual-write}' | dual-write                 | 10 | arms.wrong.anti-patterns should have fields, and is dual-write
            '{order-service: dual-write}' | '{order-service: {a: b}}'  | 10 | arms.wrong.anti-patterns.order-service
            products: [PENCIL-HB]        | 'products: {a: b}'          | 14 | scenarios.hot.products should be
            products: [PENCIL-HB]        | 'products: [PENCIL-HB, 12]' | 14 | scenarios.hot.products[1] should be text, and is 12
            products: [PENCIL-HB]        | 'products: [PENCIL-HB, null]' | 14 | scenarios.hot.products[1] is empty
            products: [PENCIL-HB]        | customers: 0                | 14 | scenarios.hot.customers should be at least 1, and is 0
            products: [PENCIL-HB]        | customers: few              | 14 | scenarios.hot.customers should be a whole number, and is few
            products: [PENCIL-HB]        | arms: [right, left]         | 14 | scenarios.hot.arms is unknown: left; there are right, wrong
            products: [PENCIL-HB]        | orders: unusual             | 14 | scenarios.hot.orders is unknown: unusual; there are ordinary, every-way
            products: [PENCIL-HB]        | colour: red                 | 14 | scenarios.hot.colour is not a known field
            products: [PENCIL-HB]        | in-flight: 33               | 15 | scenarios.hot.in-flight occurs twice
            products: [PENCIL-HB]        | orders-per-second: 5        | 12 | scenarios.hot should have one of orders-per-second, in-flight and in-flight-sweep
            in-flight: 32                | '# none'                    | 12 | scenarios.hot should have one of orders-per-second, in-flight and in-flight-sweep
            in-flight: 32                | in-flight:                  | 15 | scenarios.hot.in-flight is empty
            in-flight: 32                | 'in-flight: "32"'           | 15 | scenarios.hot.in-flight should be a whole number, and is 32
            in-flight: 32                | in-flight: 99999999999      | 15 | scenarios.hot.in-flight is out of range: 99999999999
            in-flight: 32                | in-flight: true             | 15 | scenarios.hot.in-flight should be a whole number, and is true
            per-second: 12.5             | per-second: .inf            | 20 | is not YAML: Malformed numeric value
            per-second: 12.5             | per-second: .nan            | 20 | is not YAML: Malformed numeric value
            'latencies: [{links: [order-service->kafka], delay: 50ms}]' | 'latencies: {links: order-service->kafka, delay: 50ms}' | 16 | scenarios.hot.latencies should be a list
            'latencies: [{links: [order-service->kafka], delay: 50ms}]' | 'latencies: [near]'                   | 16 | scenarios.hot.latencies[0] should have fields, and is near
            links: [order-service->kafka], | links: [],                | 16 | scenarios.hot.latencies[0].links is missing or empty
            links: [order-service->kafka], | ''                        | 16 | scenarios.hot.latencies[0].links is missing
            delay: 50ms                  | delay: 0ms                  | 16 | scenarios.hot.latencies[0].delay should be at least 1 ms
            delay: 50ms                  | delay: 2m                   | 16 | scenarios.hot.latencies[0].delay should be at most 1 min
            delay: 50ms                  | delay: {ms: 50}             | 16 | scenarios.hot.latencies[0].delay should be a duration
            'faults: [{fault: kill, process: order-service, after: 1s, for: 2s}]' | 'faults: {fault: kill, process: order-service}' | 17 | scenarios.hot.faults should be a list
            'faults: [{fault: kill, process: order-service, after: 1s, for: 2s}]' | 'faults: [kill]'            | 17 | scenarios.hot.faults[0] should have fields, and is kill
            fault: kill,                 | ''                          | 17 | scenarios.hot.faults[0].fault must be one of kill, pause,
            fault: kill, process: order-service, | fault: clock-skew, service: kafka, offsetMillis: 5, | 17 | scenarios.hot.faults[0].service is unknown: kafka; there are order-service
            fault: kill, process: order-service, | fault: latency, link: order-service->kafka, delayMillis: 5.5, | 17 | scenarios.hot.faults[0].delayMillis has an unexpected type
            fault: kill, process: order-service, | 'fault: latency, link: order-service->kafka, delayMillis: "5",' | 17 | scenarios.hot.faults[0].delayMillis has an unexpected type
            fault: kill, process: order-service, | fault: kill, process: [order-service], | 17 | scenarios.hot.faults[0].process has an unexpected type
            after: 1s, for: 2s           | after: 5s                   | 17 | scenarios.hot.faults[0].after should end within the phase during
            for: 2s                      | for: 0s                     | 17 | scenarios.hot.faults[0].for should end within the phase during
            for: 2s                      | for: 4001ms                 | 17 | scenarios.hot.faults[0].for should end within the phase during, which lasts 5000 ms
            calls: POST /orders          | 'calls: {method: GET, path: "http://x y/.."}' | 6 | arms.right.calls should be text
            calls: POST /orders          | 'calls: {path: a}'          | 6  | arms.right.calls should be text
            calls: POST /orders          | 'calls: {}'                 | 6  | arms.right.calls should be text
            '{order-service: dual-write}' | '{order-service: [[dual-write]]}' | 10 | arms.wrong.anti-patterns.order-service[0] should be text
            '{order-service: dual-write}' | '{order-service: ""}'      | 10 | arms.wrong.anti-patterns.order-service is unknown
            title: Hot stock             | 'title: ""'                 | 13 | scenarios.hot.title should be text
            title: Hot stock             | 'title: " "'                | 13 | scenarios.hot.title should be text
            title: Hot stock             | 'title: "\u2003"'            | 13 | scenarios.hot.title should be text
            products: [PENCIL-HB]        | 'products: [""]'            | 14 | scenarios.hot.products[0] should be text
            products: [PENCIL-HB]        | 'products: ""'              | 14 | scenarios.hot.products[0] should be text
            products: [PENCIL-HB]        | 'products: " "'             | 14 | scenarios.hot.products[0] should be text
            products: [PENCIL-HB]        | products: 12                | 14 | scenarios.hot.products should be text, and is 12
            products: [PENCIL-HB]        | products: [[PENCIL-HB]]     | 14 | scenarios.hot.products[0] should be text
            products: [PENCIL-HB]        | products: [PENCIL-HB, [A]]  | 14 | scenarios.hot.products[1] should be text
            products: [PENCIL-HB]        | arms: [[right]]             | 14 | scenarios.hot.arms[0] should be text
            links: [order-service->kafka] | links: [[order-service->kafka]] | 16 | scenarios.hot.latencies[0].links[0] should be text
            fault: kill, process: order-service, | fault: service-errors, service: order-service, place: LISTENER, share: 1e999, | 17 | scenarios.hot.faults[0].share must be above 0 and at most 1
            fault: kill, process: order-service, | fault: duplicates, service: order-service, share: 1e999, | 17 | scenarios.hot.faults[0].share must be above 0 and at most 1
            fault: kill, process: order-service, | fault: delays, service: order-service, delayMillis: 5, share: -1e999, | 17 | scenarios.hot.faults[0].share must be above 0 and at most 1
            per-second: 12.5             | per-second: 1e999           | 20 | scenarios.spread.orders-per-second should be at most 10000, and is Infinity
            per-second: 12.5             | per-second: 10001           | 20 | scenarios.spread.orders-per-second should be at most 10000, and is 10001
            at-most: 0                   | at-most: 1e999              | 24 | expect[0].at-most should be at most 1000000000, and is Infinity
            at-most: 0                   | at-most: 1e300              | 24 | expect[0].at-most should be at most 1000000000, and is 1.0E300
            at-most: 0                   | at-most: -1e999             | 24 | expect[0].at-most should be at least 0, and is -Infinity
            at-least: 5                  | at-least: 1e999             | 25 | expect[1].at-least should be at most 1000000000, and is Infinity
            repeats: 3                   | repeats: 0                  | 21 | full.repeats should be at least 1, and is 0
            warm-up: 2m                  | warm-up: 61m                | 21 | full.warm-up should be at most 60 min
            'drain: 1m, '                | ''                          | 21 | full.drain is missing
            'quick: {warm-up: 5s, before: 5s, during: 5s, after: 5s, drain: 30s}' | 'quick: short' | 22 | quick should have fields, and is short
            at-most: 0                   | at-most: none               | 24 | expect[0].at-most should be a number, and is none
            at-most: 0                   | at-most: -1                 | 24 | expect[0].at-most should be at least 0, and is -1
            'measure: violations, '      | ''                          | 24 | expect[0].measure is missing
            relative-to: wrong           | relative-to: left           | 25 | expect[1].relative-to is unknown: left; there are right, wrong
            phase: before                | phase: meanwhile            | 25 | expect[1].phase is unknown: meanwhile; there are warm-up, before, during, after, drain
            at-least: 5                  | at-least: 5, beyond: 3      | 25 | expect[1].beyond is not a known field
            'full: {'                    | 'full: &long {'             | 21 | should be without anchors, aliases and tags
            title: One against the other | 'title: !!str One'          | 1  | should be without anchors, aliases and tags
            question: Which one?         | 'question: *one'            | 2  | should be without anchors, aliases and tags
            question: Which one?         | '? [question]'              | 2  | is not YAML
            """)
    void namesTheLineTheFieldAndTheProblem(String sound, String broken, int line, String problem) throws IOException {
        Path file = write(SOUND.replaceFirst(Pattern.quote(sound), broken));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSameSizeAs(
                                        invalid.problems().stream().distinct().toList())
                                .anySatisfy(each -> assertThat(each)
                                        .startsWith(file + ":" + line + ": ")
                                        .contains(problem)));
    }

    @Test
    void reportsAllProblemsInOneReading() throws IOException {
        String broken = SOUND.replace("in-flight: 32", "in-flight: 0").replace("role: anti-pattern", "role: villain");
        Path file = write(broken);
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems()).hasSize(2));
    }

    /** A field that cannot be read is skipped; references to it are not reported as well. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            role: pattern                | role: patern
            role: anti-pattern           | role: villain
            title: One against the other | title: [One]
            in-flight: 32                | in-flight: many
            'quick: {warm-up: 5s, before: 5s, during: 5s, after: 5s, drain: 30s}' | quick: short
            during: 5s                   | during: short
            at-most: 0                   | at-most: none
            measure: goodput             | measure: happiness
            for: 2s                      | for: ever
            fault: kill                  | fault: explode
            order-service: dual-write    | kafka: dual-write
            products: [PENCIL-HB]        | colour: red
            links: [order-service->kafka], | ''
            links: [order-service->kafka] | links: [[order-service->kafka]]
            products: [PENCIL-HB]        | products: [[PENCIL-HB]]
            products: [PENCIL-HB]        | 'products: ""'
            order-service: dual-write    | 'order-service: [[dual-write]]'
            calls: POST /orders          | 'calls: {path: a}'
            """)
    void reportsAProblemOnce(String sound, String broken) throws IOException {
        Path file = write(SOUND.replaceFirst(Pattern.quote(sound), broken));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems()).hasSize(1));
    }

    @Test
    void refusesAnIntegerThatNoDoubleHolds() throws IOException {
        Path file = write(SOUND.replace("at-most: 0", "at-most: 1" + "0".repeat(400)));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .asString()
                                .startsWith(file + ":24: expect[0].at-most is out of range: 1000"));
    }

    @Test
    void reportsProblemsInTheOrderOfTheirLines() throws IOException {
        Path file = write(SOUND.replace("at-most: 0", "at-most: -1")
                .replace("title: One", "titel: One")
                .replace("process: order-service", "process: mailman")
                .replace("role: anti-pattern", "role: villain"));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(problem -> problem.replaceAll("^.*:([0-9]+): .*", "$1"))
                                .containsExactly("1", "1", "8", "17", "24"));
    }

    @Test
    void readsASingleNameAsAListOfOne() throws IOException {
        Experiment experiment = ExperimentFile.read(
                write(SOUND.replace("[PENCIL-HB]", "PENCIL-HB")
                        .replace("links: [order-service->kafka]", "links: order-service->kafka")),
                INSTALLATION);
        assertThat(experiment.scenarios().getFirst().products()).containsExactly("PENCIL-HB");
        assertThat(experiment.scenarios().getFirst().latencies().getFirst().links())
                .containsExactly("order-service->kafka");
    }

    @Test
    void missingFieldsOfAScenarioHaveDefaults() throws IOException {
        Scenario spread =
                ExperimentFile.read(write(SOUND), INSTALLATION).scenarios().getLast();
        assertThat(spread.title()).isEqualTo("spread");
        assertThat(ExperimentFile.read(write(SOUND.replace("objective: 2s", "")), INSTALLATION)
                        .objective())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(spread.customers()).isEqualTo(500);
        assertThat(spread.shares()).isEqualTo(MixShares.ALL_ORDINARY);
        assertThat(spread.arms()).isEmpty();
        assertThat(spread.settings()).isEmpty();
        assertThat(spread.products()).isEmpty();
        assertThat(spread.faults()).isEmpty();
    }

    @Test
    void aSweepIsAScenarioForEachNumberOfOrdersInFlight() throws IOException {
        Experiment experiment =
                ExperimentFile.read(write(SOUND.replace("in-flight: 32", "in-flight-sweep: [1, 8]")), INSTALLATION);
        assertThat(experiment.in(ExperimentSize.QUICK).scenarios())
                .extracting(Scenario::name, Scenario::sweep, Scenario::title, Scenario::load)
                .containsExactly(
                        tuple("hot-1", "hot", "Hot stock, 1 in flight", new Load.Closed(1)),
                        tuple("hot-8", "hot", "Hot stock, 8 in flight", new Load.Closed(8)));
        assertThat(experiment.in(ExperimentSize.QUICK).expectations())
                .as("also the one for the scenario hot")
                .hasSize(2);
    }

    @Test
    void aSweepMakesNoScenarioThatIsThereAlready() throws IOException {
        Path file =
                write(SOUND.replace("in-flight: 32", "in-flight-sweep: [1, 8]").replace("spread:", "hot-8:"));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .hasMessageContaining(
                        ":15: scenarios.hot.in-flight-sweep makes a scenario hot-8, which is there already");
    }

    @Test
    void aFaultWithoutADurationLastsToTheEndOfThePhaseOfEachForm() throws IOException {
        Experiment experiment = ExperimentFile.read(write(SOUND.replace(", for: 2s", "")), INSTALLATION);
        PlannedFault fault = experiment.scenarios().getFirst().faults().getFirst();
        assertThat(fault.lastingIn(experiment.quick().of(PhaseName.DURING))).isEqualTo(Duration.ofSeconds(4));
        assertThat(fault.lastingIn(experiment.full().of(PhaseName.DURING))).isEqualTo(Duration.ofSeconds(29));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void refusesFilesThatAreNoExperiments(String text, int line, String problem) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .anySatisfy(each -> assertThat(each)
                                        .startsWith(file + ":" + line + ": the file ")
                                        .contains(problem)));
    }

    static Stream<Arguments> otherFiles() {
        String manyAliases = "a: &a [x, x, x]\n"
                + Stream.iterate('b', letter -> (char) (letter + 1))
                        .limit(20)
                        .map(letter -> "%c: &%c [*%c, *%c, *%c]%n"
                                .formatted(letter, letter, letter - 1, letter - 1, letter - 1))
                        .collect(Collectors.joining());
        return Stream.of(
                arguments("", 1, "is empty"),
                arguments("# nothing\n", 1, "is empty"),
                arguments("null", 1, "is empty"),
                arguments("just a text", 1, "should have fields"),
                arguments("[1, 2]", 1, "should have fields"),
                arguments("a: [1", 1, "is not YAML"),
                arguments("a: 1\n\tb: 2", 2, "is not YAML"),
                arguments("a: \u0000", 1, "is not YAML"),
                arguments(SOUND + "---\n" + SOUND, 28, "has more than one document"),
                arguments(manyAliases, 1, "should be without anchors, aliases and tags"),
                arguments("title: " + "[".repeat(10_000), 1, "is not YAML"),
                arguments("title: " + "{a: ".repeat(10_000), 1, "is not YAML"),
                arguments(SOUND + "# " + "x".repeat(64 << 10), 1, "is larger than 64 KiB"));
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("test.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void stopsAfterAHundredProblems() throws IOException {
        Path file = write(SOUND
                + Stream.iterate(1, i -> i + 1)
                        .limit(500)
                        .map("unknown%d: 1%n"::formatted)
                        .collect(Collectors.joining()));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems()).hasSize(100));
    }

    @Test
    void reportsAFileThatDoesNotExist() {
        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml"), INSTALLATION))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("cannot be read");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), text);
    }
}
