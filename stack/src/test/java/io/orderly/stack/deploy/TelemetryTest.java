package io.orderly.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The alerts fire when they should, and lead to the runbook. The lab holds their metrics, and those of the dashboards, against running processes. */
class TelemetryTest {

    private static final InstalledProgram PROMTOOL =
            new InstalledProgram("promtool", "Debian and Ubuntu: apt-get install --no-install-recommends prometheus");

    private static final Path TELEMETRY = Kustomize.DEPLOY.resolve("components/telemetry");

    @Test
    void theAlertsFireAsTheirTestsSay(@TempDir Path folder) throws IOException {
        PROMTOOL.assumeInstalled();
        Files.writeString(folder.resolve("alerts.yaml"), new Yaml().dump(spec()));
        Path tests = folder.resolve("alerts-test.yaml");
        try (InputStream resource =
                Objects.requireNonNull(TelemetryTest.class.getResourceAsStream("alerts-test.yaml"))) {
            Files.copy(resource, tests);
        }

        assertThat(PROMTOOL.run("test", "rules", tests.toString())).contains("SUCCESS");
    }

    @Test
    void eachAlertIsTested() throws IOException {
        Set<Object> tested = new TreeSet<>();
        try (InputStream resource =
                Objects.requireNonNull(TelemetryTest.class.getResourceAsStream("alerts-test.yaml"))) {
            Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(resource);
            file.getOrDefault("tests", List.of()).stream()
                    .flatMap(test -> test.getOrDefault("alert_rule_test", List.of()).stream())
                    .filter(test -> test.containsKey("exp_alerts"))
                    .forEach(test -> tested.add(Objects.requireNonNull(test.get("alertname"))));
        }
        assertThat(rules().map(rule -> rule.get("alert"))).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void eachAlertHasASectionOfTheRunbook() throws IOException {
        Set<String> sections = Files.readAllLines(Path.of("..", "docs", "runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> "docs/runbook.md#"
                        + line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toSet());
        assertThat(rules().map(rule -> StrictModels.at(rule, "annotations.runbook")))
                .isNotEmpty()
                .allMatch(sections::contains);
    }

    @Test
    void theTitleOfAPanelIsTheQuestionThatItAnswers() throws IOException {
        try (Stream<Path> dashboards = Files.list(TELEMETRY.resolve("dashboards"))) {
            assertThat(dashboards).isNotEmpty().allSatisfy(dashboard -> {
                Map<String, List<Map<String, Object>>> content = new Yaml().load(Files.readString(dashboard));
                assertThat(content.get("panels"))
                        .isNotEmpty()
                        .allMatch(panel -> panel.get("title").toString().endsWith("?"));
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec() throws IOException {
        Map<String, Object> object = new Yaml().load(Files.readString(TELEMETRY.resolve("alerts.yaml")));
        return (Map<String, Object>) Objects.requireNonNull(object.get("spec"));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> rules() throws IOException {
        return ((List<Map<String, Object>>) Objects.requireNonNull(spec().get("groups")))
                .stream()
                        .flatMap(group ->
                                ((List<Map<String, Object>>) Objects.requireNonNull(group.get("rules"))).stream());
    }
}
