package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each recipe is followed in a copy of the repository, and its commands succeed there. */
@Tag("system")
@Execution(ExecutionMode.CONCURRENT)
class RecipesIntegrationTest {

    static final List<String> RECIPES =
            List.of("add-a-field-to-an-order", "add-a-saga-step", "add-a-service", "add-an-experiment");

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("RECIPES")
    void theCommandsOfARecipeSucceedInACopy(String name) throws Exception {
        Path copy = folder.resolve("repository");
        RepositoryCopy.of(REPOSITORY, copy);
        Recipe recipe = Recipe.in(REPOSITORY.resolve("docs/recipes/" + name + ".md"));
        recipe.apply(copy);

        Maven maven = new Maven(copy, folder.resolve("maven.log"));
        assertThat(recipe.commands()).isNotEmpty().allMatch(command -> command.startsWith("mvn "));
        for (String command : recipe.commands()) {
            maven.run(COMMAND_TIMEOUT, words(command));
        }
    }

    private static String[] words(String command) {
        return command.substring("mvn ".length()).split(" ");
    }
}
