package io.orderly.contracts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schemas have the same types and fields as the records. */
class SchemasTest {

    static List<MessageType<?>> types() {
        return MessageType.all();
    }

    @Test
    void everyTypeHasExactlyOneSchema() throws Exception {
        try (Stream<Path> files = Files.list(
                Path.of(requireNonNull(Schemas.class.getResource("/schemas")).toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("definitions.json"),
                                    MessageType.all().stream().map(type -> type.name() + ".json"))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSchemaHasTheFieldsOfItsRecord(MessageType<?> type) {
        JsonNode schema = Schemas.read(type.name());

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertDescribes(schema, type.record());
    }

    @Test
    void definitionsHaveTheFieldsOfTheirRecords() {
        for (Class<?> record : List.of(Money.class, OrderLine.class, Address.class)) {
            assertDescribes(definitions().path(record.getSimpleName()), record);
        }
    }

    @Test
    void theDefinitionOfSagaStepHasAllSteps() {
        assertThat(strings(definitions().path("SagaStep").path("enum")))
                .isEqualTo(Arrays.stream(SagaStep.values()).map(SagaStep::name).collect(Collectors.toSet()));
    }

    @Test
    void everyDefinitionIsUsed() {
        String all = Stream.concat(
                        Stream.of(Schemas.read("definitions")),
                        MessageType.all().stream().map(type -> Schemas.read(type.name())))
                .map(JsonNode::toString)
                .collect(Collectors.joining());

        assertThat(definitions().propertyNames())
                .allSatisfy(name -> assertThat(all).contains("#/$defs/" + name + "\""));
    }

    @Test
    void everySchemaHasATitleAndADescription() {
        assertThat(definitions().values()).allSatisfy(SchemasTest::assertHasTitleAndDescription);
        assertThat(MessageType.all()).allSatisfy(type -> assertHasTitleAndDescription(Schemas.read(type.name())));
    }

    private static JsonNode definitions() {
        return Schemas.read("definitions").path("$defs");
    }

    private static void assertHasTitleAndDescription(JsonNode schema) {
        assertThat(schema.path("title").asString()).isNotBlank();
        assertThat(schema.path("description").asString()).endsWith(".");
    }

    private static void assertDescribes(JsonNode schema, Class<?> record) {
        assertThat(schema.path("type").asString()).isEqualTo("object");
        assertThat(Set.copyOf(schema.path("properties").propertyNames())).isEqualTo(names(record, component -> true));
        assertThat(strings(schema.path("required"))).isEqualTo(names(record, SchemasTest::isRequired));
    }

    private static boolean isRequired(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Set<String> names(Class<?> record, Predicate<RecordComponent> which) {
        return Arrays.stream(record.getRecordComponents())
                .filter(which)
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }
}
