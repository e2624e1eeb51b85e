package io.orderly.console.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the lessons, one YAML file each. */
final class LessonFiles {

    private static final String FILES = "classpath:lessons/*.yaml";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private LessonFiles() {}

    /**
     * All lessons, in the order of the names of their files.
     *
     * @throws IllegalStateException if a file is not a lesson; the message names it
     */
    static List<Lesson> read() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources(FILES);
            Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
            List<Lesson> lessons = new ArrayList<>();
            for (Resource file : files) {
                try (InputStream content = file.getInputStream()) {
                    lessons.add(read(String.valueOf(file.getFilename()), content.readAllBytes()));
                }
            }
            return List.copyOf(lessons);
        } catch (IOException e) {
            throw new IllegalStateException("the lessons cannot be read", e);
        }
    }

    /** @param name for messages */
    static Lesson read(String name, byte[] file) {
        try {
            return YAML.readValue(file, Lesson.class);
        } catch (JacksonException e) {
            throw new IllegalStateException(name + " is not a lesson: " + e.getOriginalMessage(), e);
        }
    }
}
