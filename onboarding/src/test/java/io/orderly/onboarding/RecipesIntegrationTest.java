package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The recipes are followed in a copy of the repository, and their commands succeed there. */
@Tag("system")
class RecipesIntegrationTest {

    /** In an order in which little has to be compiled again. */
    static final List<String> RECIPES =
            List.of("add-an-experiment", "add-a-field-to-an-order", "add-a-service", "add-a-saga-step");

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_COPIED = Set.of("target", ".git", ".orderly");
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(6);

    @TempDir
    private static Path folder;

    private static Path copy;

    @BeforeAll
    static void copyTheRepository() throws IOException {
        copy = folder.resolve("repository");
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_COPIED.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(REPOSITORY.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.copy(file, copy.resolve(REPOSITORY.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @ParameterizedTest
    @FieldSource("RECIPES")
    void theCommandsOfARecipeSucceedInACopy(String name) throws Exception {
        Recipe recipe = Recipe.in(REPOSITORY.resolve("docs/recipes/" + name + ".md"));
        Map<Path, byte[]> originals = originals(recipe);
        recipe.apply(copy);
        try {
            Maven maven = new Maven(copy, folder.resolve(name + ".log"));
            assertThat(recipe.commands()).isNotEmpty().allMatch(command -> command.startsWith("mvn "));
            for (String command : recipe.commands()) {
                maven.run(COMMAND_TIMEOUT, words(command));
            }
        } finally {
            restore(recipe, originals);
        }
    }

    private static String[] words(String command) {
        return command.substring("mvn ".length()).split(" ");
    }

    private static Map<Path, byte[]> originals(Recipe recipe) throws IOException {
        Map<Path, byte[]> originals = new HashMap<>();
        for (String path : recipe.changes().keySet()) {
            originals.put(copy.resolve(path), Files.readAllBytes(copy.resolve(path)));
        }
        return originals;
    }

    /** The next recipe begins with what the repository has, but need not compile all of it. */
    private static void restore(Recipe recipe, Map<Path, byte[]> originals) throws IOException {
        for (String path : recipe.newFiles().keySet()) {
            Files.delete(copy.resolve(path));
        }
        for (Map.Entry<Path, byte[]> original : originals.entrySet()) {
            Files.write(original.getKey(), original.getValue());
        }
    }
}
