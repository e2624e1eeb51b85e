package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what the descriptions of the patterns refer to. {@link StackIntegrationTest} and the tests of the simulator run their commands. */
class PatternPagesTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path TABLE = REPOSITORY.resolve("docs/patterns.md");
    private static final Path FOLDER = REPOSITORY.resolve("docs/patterns");
    private static final Pattern LINK =
            Pattern.compile("^\\| \\[[^]]+]\\(patterns/([a-z-]+)\\.md\\)", Pattern.MULTILINE);

    /** Paths of sources below their module's folder of sources or tests, such as {@code io/orderly/clock/HybridClock.java}. */
    private static Set<String> sources = Set.of();

    @BeforeAll
    static void findSources() throws IOException {
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            List<Path> folders = modules.flatMap(
                            module -> Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
                    .filter(Files::isDirectory)
                    .toList();
            Set<String> found = new HashSet<>();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> found.add(folder.relativize(file).toString()));
                }
            }
            sources = found;
        }
    }

    static List<PatternPage> pages() throws IOException {
        return PatternPage.all(FOLDER);
    }

    @Test
    void theTableHasARowForEachPage() throws IOException {
        List<String> rows = LINK.matcher(Files.readString(TABLE))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(rows)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        pages().stream().map(PatternPage::name).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachPageNamesClassesTestsMetricsAndCommands(PatternPage page) throws IOException {
        assertThat(page.classes())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sources).contains(name.replace('.', '/') + ".java"));
        Set<String> tests = sources.stream()
                .map(source -> source.substring(source.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        assertThat(page.tests())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(tests).contains(name + ".java"));
        assertThat(page.examples()).isNotEmpty();
        assertThat(page.examples().getLast())
                .satisfies(example -> assertThat(
                                example.isSimulation() || !example.output().isEmpty())
                        .isTrue());

        String metrics = Files.readString(REPOSITORY.resolve("docs/metrics.md"));
        assertThat(page.metrics())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(metrics).contains("`" + name + "`"));
    }

    @Test
    void anExampleFindsItsOutputAmongOthers() {
        PatternPage.Example example = new PatternPage.Example("echo", List.of("{\"id\":\"…\",\"state\":\"ALIVE\"}"));

        assertThat(example.missingIn("first\n{\"id\":\"order-1\",\"state\":\"ALIVE\"}\n"))
                .isEmpty();
        assertThat(example.missingIn("{\"id\":\"order-1\",\"state\":\"DEAD\"}")).hasSize(1);
    }
}
