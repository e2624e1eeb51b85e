package io.orderly.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.lab.experiment.Experiment.ExperimentSize;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTest {

    private static final SystemDescription INSTALLATION = new SystemDescription(
            List.of("kafka", "order-service"),
            List.of("order-service"),
            List.of("order-service->kafka"),
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
            quick: {warm-up: 5s, before: 5s, during: 5s, after: 5s, drain: 20s}
            expect:
              - {measure: violations, arm: right, at-most: 0}
              - {measure: goodput, arm: right, relative-to: wrong, scenario: hot, phase: before, at-least: 5}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsAllOfIt() throws IOException {
        Experiment experiment = ExperimentFile.read(write(SOUND), INSTALLATION);

        assertThat(experiment.name()).isEqualTo("test");
        assertThat(experiment.pattern().name()).isEqualTo("right");
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

    /** What is replaced by what, in which line the error is, and what it says. */
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
            for: 2s                      | for: 6s                     | 17 | scenarios.hot.faults[0].for should end within the phase during
            for: 2s                      | for: -2s                    | 17 | scenarios.hot.faults[0].for should be a duration
            in-flight: 32                | in-flight: 0                | 15 | scenarios.hot.in-flight should be at least 1, and is 0
            in-flight: 32                | in-flight: 2.5              | 15 | scenarios.hot.in-flight should be a whole number
            per-second: 12.5             | per-second: -3              | 20 | scenarios.spread.orders-per-second should be at least 0.1, and is -3
            per-second: 12.5             | per-second: many            | 20 | scenarios.spread.orders-per-second should be a number
            links: [order-service->kafka] | links: [order-service->moon] | 16 | scenarios.hot.latencies[0].links is unknown: order-service->moon
            delay: 50ms                  | delay: 50                   | 16 | scenarios.hot.latencies[0].delay should be a duration
            order-service: dual-write    | order-service: dual-read    | 10 | arms.wrong.anti-patterns.order-service has an anti-pattern that is unknown: dual-read
            order-service: dual-write    | kafka: dual-write           | 10 | arms.wrong.anti-patterns.kafka is no service
            only: full                   | only: slow                  | 19 | scenarios.spread.only is unknown: slow; there are full, quick
            role: anti-pattern           | role: villain               | 8  | arms.wrong.role is unknown: villain
            role: anti-pattern           | role: pattern               | 3  | arms should have exactly one of the role pattern
            calls: POST /orders          | calls: BREW /coffee         | 6  | arms.right.calls should be a request
            arm: right, at-most: 0       | arm: nobody, at-most: 0     | 24 | expect[0].arm is unknown: nobody; there are right, wrong
            measure: violations          | measure: happiness          | 24 | expect[0].measure is unknown: happiness
            arm: right, at-most: 0       | arm: right                  | 24 | expect[0] should have at-least or at-most
            scenario: hot                | scenario: cold              | 25 | expect[1].scenario is unknown: cold
            measure: violations,         | measure: violations, phase: during, | 24 | expect[0].phase does not go with violations
            title: One against the other | titel: One                  | 1  | titel is no field that is known here
            warm-up: 5s                  | warm-up: 5h                 | 22 | quick.warm-up should be a duration
            in-flight: 32                | orders: unusual, in-flight: 32 | 15 | is not YAML
            """)
    void saysWhatIsWrongAndWhere(String sound, String broken, int line, String problem) throws IOException {
        Path file = write(SOUND.replaceFirst(Pattern.quote(sound), broken));
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .anySatisfy(each -> assertThat(each)
                                        .startsWith(file + ":" + line + ": ")
                                        .contains(problem)));
    }

    @Test
    void findsAllProblemsAtOnce() throws IOException {
        String broken = SOUND.replace("in-flight: 32", "in-flight: 0").replace("role: anti-pattern", "role: villain");
        Path file = write(broken);
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | 1 | is empty
            just a text   | 1 | should have fields
            '[1, 2]'      | 1 | should have fields
            'a: [1'       | 1 | is not YAML
            """)
    void isNotLedAstrayByOtherFiles(String text, int line, String problem) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> ExperimentFile.read(file, INSTALLATION))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aMissingFileIsAClearError() {
        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml"), INSTALLATION))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("cannot be read");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), text);
    }
}
