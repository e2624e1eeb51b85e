package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the relative links in the documents refer to files or folders of the repository. */
class DocumentsTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

    static Stream<Path> documents() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("docs"))) {
            found = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        return Stream.concat(
                        Stream.of(REPOSITORY.resolve("README.md"), REPOSITORY.resolve("CONTRIBUTING.md")),
                        found.stream())
                .map(REPOSITORY::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkHasATarget(Path document) throws IOException {
        Path file = REPOSITORY.resolve(document);
        List<String> broken = LINK.matcher(Files.readString(file))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !Files.exists(file.resolveSibling(target)))
                .toList();

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("way")
    void theOrderWalkthroughRefersToExistingSources(String target) {
        assertThat(REPOSITORY.resolve("docs").resolve(target)).isRegularFile().hasExtension("java");
    }

    static Stream<String> way() throws IOException {
        return LINK.matcher(Files.readString(REPOSITORY.resolve("docs/an-orders-way.md")))
                .results()
                .map(link -> link.group(1));
    }
}
