package io.orderly.lab.experiment;

import static io.orderly.lab.experiment.FileProblems.path;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path.Node;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a YAML file onto records and checks their constraints. A field that cannot be read is reported and left out, so that one
 * reading finds all problems.
 */
public final class DocumentReader {

    private static final int LARGEST_BYTES = 64 << 10;
    private static final int MOST_PROBLEMS = 100;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new DurationReader())
                    .addDeserializer(String.class, new TextReader()))
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final Map<Class<?>, String> EXPECTATIONS = Map.of(
            String.class, "should be text",
            HttpCall.class, "should be text",
            Boolean.class, "should be true or false",
            Integer.class, "should be a whole number",
            Double.class, "should be a number",
            Duration.class, "should be a duration such as 500ms, 20s or 2m");

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .ignoreXmlConfiguration()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private final Path file;
    private final FileProblems problems;

    /** @param problems receives those of single fields */
    public DocumentReader(Path file, FileProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads the file. Problems with single fields are added to the problems, and those fields are null.
     *
     * @throws InvalidExperimentException if the file cannot be read, is too large, is not plain YAML or has no fields
     */
    public <T> T read(Class<T> type) {
        T document = bind(parse(text()), type);
        for (ConstraintViolation<T> violation : VALIDATOR.validate(document)) {
            String field = pathOf(violation);
            if (!problems.has(field)) {
                problems.add(field, inWords(violation));
            }
        }
        return document;
    }

    private String text() {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw fatal(1, "is larger than %d KiB".formatted(LARGEST_BYTES >> 10));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw fatal(1, "cannot be read: " + e);
        }
    }

    private JsonNode parse(String text) {
        try {
            locateFields(text);
            JsonNode root = YAML.readTree(text);
            if (root.isMissingNode() || root.isNull()) {
                throw fatal(1, "is empty");
            }
            return root;
        } catch (JacksonException e) {
            if (e.getCause() instanceof MarkedYamlEngineException yaml) {
                int line = yaml.getProblemMark().map(Mark::getLine).orElse(0) + 1;
                throw fatal(line, "is not YAML: " + yaml.getProblem());
            }
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw fatal(line, "is not YAML: " + e.getOriginalMessage());
        }
    }

    private void locateFields(String text) {
        try (var parser = (YAMLParser) YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String field = pathOf(parser.streamReadContext());
                int line = parser.currentTokenLocation().getLineNr();
                if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                    throw fatal(line, "should be without anchors, aliases and tags");
                }
                boolean isFirst = problems.isFirst(field, line);
                if (!isFirst && field.isEmpty() && !token.isStructEnd()) {
                    throw fatal(line, "has more than one document");
                } else if (!isFirst && token == JsonToken.PROPERTY_NAME) {
                    problems.add(line, field, "occurs twice");
                } else if (token == JsonToken.VALUE_NULL && !field.isEmpty()) {
                    problems.add(line, field, "is empty");
                }
            }
        }
    }

    /** Each attempt either succeeds or leaves out a field. */
    private <T> T bind(JsonNode root, Class<T> type) {
        for (int i = 0; i < MOST_PROBLEMS; i++) {
            try {
                return YAML.treeToValue(root, type);
            } catch (JacksonException e) {
                String field = "";
                for (Reference reference : e.getPath()) {
                    field = reference.getPropertyName() == null
                            ? path(field, reference.getIndex())
                            : path(field, reference.getPropertyName());
                }
                problems.add(field, inWords(e, at(root, e.getPath())));
                if (e.getPath().isEmpty()) {
                    break;
                }
                leaveOut(root, e);
            }
        }
        throw problems.toException();
    }

    private static void leaveOut(JsonNode root, JacksonException problem) {
        List<Reference> path = problem.getPath();
        Reference last = path.getLast();
        switch (at(root, path.subList(0, path.size() - 1))) {
            case ObjectNode parent
            when problem instanceof UnrecognizedPropertyException -> parent.remove(last.getPropertyName());
            case ObjectNode parent -> parent.putNull(last.getPropertyName());
            case ArrayNode parent -> parent.setNull(last.getIndex());
            case JsonNode other ->
                throw new IllegalStateException(other.getNodeType().toString());
        }
    }

    private static JsonNode at(JsonNode root, List<Reference> path) {
        JsonNode node = root;
        for (Reference reference : path) {
            node = reference.getPropertyName() == null
                    ? node.path(reference.getIndex())
                    : node.path(reference.getPropertyName());
        }
        return node;
    }

    private static String inWords(JacksonException problem, JsonNode value) {
        String is = value.isValueNode() ? ", and is " + value.asString() : "";
        return switch (problem) {
            case UnrecognizedPropertyException _ -> "is not a known field";
            case InputCoercionException _, JsonNodeException _ -> "is out of range: " + value.asString();
            case ValueInstantiationException e
            when e.getCause() != null -> e.getCause().getMessage() + is;
            case MismatchedInputException e
            when e.getTargetType() != null && e.getTargetType().isEnum() ->
                "is unknown%s; there are %s"
                        .formatted(
                                value.isValueNode() ? ": " + value.asString() : "",
                                Arrays.stream(e.getTargetType().getEnumConstants())
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")));
            case MismatchedInputException e when e.getTargetType() != null -> expectationOf(e.getTargetType()) + is;
            default -> problem.getOriginalMessage();
        };
    }

    private static String inWords(ConstraintViolation<?> violation) {
        return switch (violation.getInvalidValue()) {
            case null -> "is missing";
            case Number number -> "%s, and is %s".formatted(violation.getMessage(), number);
            default -> violation.getMessage();
        };
    }

    private static String expectationOf(Class<?> type) {
        String other = Collection.class.isAssignableFrom(type) ? "should be a list" : "should have fields";
        return EXPECTATIONS.getOrDefault(type, other);
    }

    private static String pathOf(TokenStreamContext context) {
        TokenStreamContext parent = context.getParent();
        if (parent == null) {
            return "";
        } else if (context.inArray()) {
            return context.hasCurrentIndex() ? path(pathOf(parent), context.getCurrentIndex()) : pathOf(parent);
        }
        return context.hasCurrentName() ? path(pathOf(parent), context.currentName()) : pathOf(parent);
    }

    private static String pathOf(ConstraintViolation<?> violation) {
        String path = "";
        for (Node node : violation.getPropertyPath()) {
            if (node.getKey() != null) {
                path = path(path, node.getKey().toString());
            } else if (node.getIndex() != null) {
                path = path(path, node.getIndex());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                path = path(path, node.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
            }
        }
        return path;
    }

    private InvalidExperimentException fatal(int line, String what) {
        problems.add(line, "", what);
        return problems.toException();
    }
}
