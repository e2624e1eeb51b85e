package io.orderly.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the generator of the build on templates of its own. */
class GenerateTemplatesTest {

    private static final Path GENERATOR = Path.of("src/build/GenerateTemplates.java");
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    private static Method main;

    @TempDir
    private Path folder;

    private Path templates;
    private Path sources;
    private Path generator;

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), GENERATOR.toString());
        assertThat(status).isZero();
        try (var loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, GenerateTemplatesTest.class.getClassLoader())) {
            main = loader.loadClass("GenerateTemplates").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
        }
    }

    @BeforeEach
    void generateOnce() throws Exception {
        templates = Files.createDirectories(folder.resolve("templates"));
        sources = folder.resolve("sources");
        generator = Files.copy(GENERATOR, folder.resolve("Generator.java"), StandardCopyOption.COPY_ATTRIBUTES);
        write("page");
        write("chart");
        generate("3.2.5");
        Files.setLastModifiedTime(classOf("page"), LONG_AGO);
    }

    @Test
    void leavesClassesThatAreUpToDate() throws Exception {
        generate("3.2.5");
        assertThat(isGeneratedAgain()).isFalse();
    }

    @Test
    void generatesAgainIfATemplateHasChanged() throws Exception {
        Files.setLastModifiedTime(templates.resolve("page.jte"), LONG_AGO);
        generate("3.2.5");
        assertThat(isGeneratedAgain()).isTrue();
    }

    @Test
    void generatesAgainIfATemplateIsNew() throws Exception {
        Files.setLastModifiedTime(write("table"), LONG_AGO);
        generate("3.2.5");
        assertThat(classOf("table")).exists();
    }

    @Test
    void leavesNoClassOfATemplateThatWasDeleted() throws Exception {
        Files.delete(templates.resolve("chart.jte"));
        generate("3.2.5");
        assertThat(classOf("chart")).doesNotExist();
        assertThat(isGeneratedAgain()).isTrue();
    }

    @Test
    void generatesAgainWithAnotherVersionOfJte() throws Exception {
        generate("3.2.6");
        assertThat(isGeneratedAgain()).isTrue();
    }

    @Test
    void generatesAgainIfTheGeneratorHasChanged() throws Exception {
        Files.setLastModifiedTime(generator, LONG_AGO);
        generate("3.2.5");
        assertThat(isGeneratedAgain()).isTrue();
    }

    @Test
    void generatesAgainAfterAnInterruption() throws Exception {
        Files.delete(sources.resolve("generated-from"));
        generate("3.2.5");
        assertThat(isGeneratedAgain()).isTrue();
    }

    private Path write(String template) throws IOException {
        return Files.writeString(templates.resolve(template + ".jte"), "@param String text\n<p>${text}</p>\n");
    }

    private void generate(String version) throws Exception {
        String[] arguments = {
            templates.toString(), sources.toString(), "io.orderly.pages", version, generator.toString()
        };
        main.invoke(null, (Object) arguments);
    }

    private Path classOf(String template) {
        return sources.resolve("io/orderly/pages/Jte%sGenerated.java".formatted(template));
    }

    private boolean isGeneratedAgain() throws IOException {
        return !Files.getLastModifiedTime(classOf("page")).equals(LONG_AGO);
    }
}
