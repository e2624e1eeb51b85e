package io.orderly.lab.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mapping in a file, from which fields are taken. What is wrong is collected, and reading goes on with a stand-in, so that
 * one reading finds all problems. Whoever has taken all fields that he knows calls {@link #done()}.
 */
final class YamlSection {

    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m)");
    private static final Map<String, Double> MILLIS = Map.of("ms", 1.0, "s", 1_000.0, "m", 60_000.0);

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+\\.[0-9]+");

    private final Path file;
    private final String path;
    private final int line;
    private final Map<String, NodeTuple> fields = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> problems;

    YamlSection(Path file, String path, Node node, List<String> problems) {
        this.file = file;
        this.path = path;
        this.line = lineOf(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple field : mapping.getValue()) {
                if (field.getKeyNode() instanceof ScalarNode key) {
                    if (fields.put(key.getValue(), field) != null) {
                        problem(lineOf(key), key.getValue(), "stands here twice");
                    }
                } else {
                    problem(lineOf(field.getKeyNode()), "", "is no name of a field");
                }
            }
        } else {
            problem(line, "", "should have fields");
        }
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The names of all fields, in their order. */
    Set<String> names() {
        return fields.keySet();
    }

    String text(String field) {
        Node value = value(field);
        if (value == null) {
            return "";
        }
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problem(lineOf(value), field, "should be a text");
        return "";
    }

    /** A text that stands for something; an unknown one is answered with those that are known. */
    <T> @Nullable T oneOf(String field, Stream<T> known) {
        List<T> all = known.toList();
        String text = text(field);
        for (T each : all) {
            if (each.toString().equals(text)) {
                return each;
            }
        }
        if (!text.isEmpty()) {
            problem(
                    lineOf(field),
                    field,
                    "is unknown: %s; there are %s"
                            .formatted(text, all.stream().map(Object::toString).collect(Collectors.joining(", "))));
        }
        return null;
    }

    List<String> texts(String field) {
        Node value = value(field);
        if (value instanceof SequenceNode sequence) {
            List<String> texts = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                    texts.add(scalar.getValue().strip());
                } else {
                    problem(lineOf(item), field, "should be a list of texts");
                }
            }
            return texts;
        }
        return value == null ? List.of() : List.of(text(field));
    }

    /** @param lowest that is allowed */
    int integer(String field, int lowest) {
        return (int) Math.round(number(field, lowest, true));
    }

    /** @param lowest that is allowed */
    double number(String field, double lowest) {
        return number(field, lowest, false);
    }

    Duration duration(String field) {
        String text = text(field);
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            double millis = Double.parseDouble(matcher.group(1)) * MILLIS.get(matcher.group(2));
            return Duration.ofMillis(Math.round(millis));
        }
        if (!text.isEmpty()) {
            problem(lineOf(field), field, "should be a duration such as 500ms, 20s or 2m, and is " + text);
        }
        return Duration.ZERO;
    }

    Duration durationOr(String field, Duration other) {
        return has(field) ? duration(field) : other;
    }

    /** The section below a field; empty if there is none, and that is reported. */
    @Nullable YamlSection section(String field) {
        Node value = value(field);
        return value == null ? null : new YamlSection(file, nameOf(field), value, problems);
    }

    /** Each section of a list; none if there is no such field. */
    <T> List<T> list(String field, Function<YamlSection, T> reader) {
        if (!has(field)) {
            return List.of();
        }
        Node value = value(field);
        List<T> items = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                Node item = sequence.getValue().get(i);
                items.add(reader.apply(new YamlSection(file, "%s[%d]".formatted(nameOf(field), i), item, problems)));
            }
        } else {
            problem(lineOf(field), field, "should be a list");
        }
        return items;
    }

    /** Each named section below a field. */
    <T> List<T> named(String field, java.util.function.BiFunction<String, YamlSection, T> reader) {
        YamlSection below = section(field);
        if (below == null) {
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (String name : below.names()) {
            YamlSection item = below.section(name);
            if (item != null) {
                items.add(reader.apply(name, item));
            }
        }
        if (items.isEmpty()) {
            problem(lineOf(field), field, "is empty");
        }
        return items;
    }

    /** The fields that nobody has taken yet, as JSON; they are taken now. What looks like a number or a boolean is one. */
    ObjectNode restAsJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, NodeTuple> field : fields.entrySet()) {
            if (taken.add(field.getKey())) {
                Node value = field.getValue().getValueNode();
                if (value instanceof ScalarNode scalar) {
                    json.set(field.getKey(), json(scalar));
                } else {
                    problem(lineOf(value), field.getKey(), "should be a single value");
                }
            }
        }
        return json;
    }

    private static JsonNode json(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT) && INTEGER.matcher(text).matches()) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        } else if (scalar.getTag().equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
            return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
        } else if (scalar.getTag().equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(text.equals("true"));
        }
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** Reports something about a field, or about the whole section if the field is empty. */
    void problem(String field, String what) {
        problem(field.isEmpty() ? line : lineOf(field), field, what);
    }

    /** Reports the fields that nobody has taken. */
    void done() {
        fields.keySet().stream()
                .filter(field -> !taken.contains(field))
                .forEach(field -> problem(lineOf(field), field, "is no field that is known here"));
    }

    private double number(String field, double lowest, boolean whole) {
        String text = text(field);
        if (text.isEmpty()) {
            return lowest;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isNaN(number) || Double.isInfinite(number) || whole && number != Math.rint(number)) {
                throw new NumberFormatException();
            }
            if (number < lowest) {
                problem(field, "should be at least %s, and is %s".formatted(shortest(lowest), text));
            }
            return number;
        } catch (NumberFormatException e) {
            problem(field, "should be a %s, and is %s".formatted(whole ? "whole number" : "number", text));
            return lowest;
        }
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private @Nullable Node value(String field) {
        taken.add(field);
        NodeTuple tuple = fields.get(field);
        if (tuple == null) {
            problem(line, field, "is missing");
            return null;
        }
        return tuple.getValueNode();
    }

    private int lineOf(String field) {
        NodeTuple tuple = fields.get(field);
        return tuple == null ? line : lineOf(tuple.getKeyNode());
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private String nameOf(String field) {
        return path.isEmpty() ? field : field.isEmpty() ? path : path + "." + field;
    }

    private void problem(int atLine, String field, String what) {
        String name = nameOf(field);
        problems.add("%s:%d: %s %s".formatted(file, atLine, name.isEmpty() ? "the file" : name, what));
    }
}
