package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecipeTest {

    private static final String DOCUMENT = """
            # Add a colour

            New file `src/Colour.java`:

            ```java
            enum Colour {}
            ```

            In `src/Shape.java`:

            ```diff
            @@
             class Shape {
            -    int size;
            +    long size;
            +    Colour colour;

            @@
            +    int corners;
             }
            ```

            ```sh
            mvn test -Dtest=ShapeTest
            ```
            """;

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path shape;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(folder.resolve("recipe.md"), DOCUMENT);
        shape = Files.createDirectories(folder.resolve("src")).resolve("Shape.java");
    }

    @Test
    void addsAndChangesFiles() throws IOException {
        Files.writeString(shape, "class Shape {\n    int size;\n\n    int area;\n}\n");

        Recipe recipe = Recipe.in(folder.resolve("recipe.md"));
        recipe.apply(folder);

        assertThat(folder.resolve("src/Colour.java")).hasContent("enum Colour {}\n");
        assertThat(shape).hasContent("""
                class Shape {
                    long size;
                    Colour colour;

                    int area;
                    int corners;
                }
                """);
        assertThat(recipe.commands()).containsExactly("mvn test -Dtest=ShapeTest");
    }

    @Test
    void everyRecipeIsFollowedByATest() throws IOException {
        try (Stream<Path> documents = Files.list(REPOSITORY.resolve("docs/recipes"))) {
            assertThat(documents.map(document -> document.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RecipesIntegrationTest.RECIPES.stream()
                            .map(name -> name + ".md")
                            .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("io.orderly.onboarding.RecipesIntegrationTest#RECIPES")
    void aRecipeFitsTheFilesThatItChanges(String name) throws IOException {
        Recipe recipe = Recipe.in(REPOSITORY.resolve("docs/recipes/" + name + ".md"));
        for (String path : recipe.changes().keySet()) {
            Path copy = folder.resolve(path);
            Files.createDirectories(copy.getParent());
            Files.copy(REPOSITORY.resolve(path), copy);
        }

        recipe.apply(folder);

        assertThat(recipe.newFiles().keySet()).allSatisfy(path -> {
            assertThat(folder.resolve(path)).exists();
            assertThat(REPOSITORY.resolve(path)).doesNotExist();
        });
    }

    @Test
    void failsIfTheFileHasChanged() throws IOException {
        Files.writeString(shape, "class Shape {\n    short size;\n\n}\n");

        assertThatThrownBy(() -> Recipe.in(folder.resolve("recipe.md")).apply(folder))
                .hasMessageContaining("src/Shape.java has these lines");
    }

    @Test
    void failsIfThePlaceIsAmbiguous() throws IOException {
        Files.writeString(shape, "class Shape {\n    int size;\n\n}\n}\n");

        assertThatThrownBy(() -> Recipe.in(folder.resolve("recipe.md")).apply(folder))
                .hasMessageContaining("src/Shape.java has these lines once");
    }
}
