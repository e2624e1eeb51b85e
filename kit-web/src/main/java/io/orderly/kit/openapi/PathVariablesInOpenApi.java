package io.orderly.kit.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Declares path variables that the controller method does not read. OpenAPI requires all of them. */
final class PathVariablesInOpenApi implements GlobalOpenApiCustomizer {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    @Override
    public void customise(OpenAPI api) {
        if (api.getPaths() != null) {
            api.getPaths()
                    .forEach((path, item) -> item.readOperations().forEach(operation -> declare(path, operation)));
        }
    }

    private static void declare(String path, Operation operation) {
        List<Parameter> declared = Objects.requireNonNullElse(operation.getParameters(), List.of());
        List<String> missing = variablesOf(path)
                .filter(name ->
                        declared.stream().noneMatch(each -> "path".equals(each.getIn()) && name.equals(each.getName())))
                .toList();
        missing.forEach(name -> operation.addParametersItem(
                new PathParameter().name(name).required(true).schema(new JsonSchema().typesItem("string"))));
    }

    private static Stream<String> variablesOf(String path) {
        return VARIABLE.matcher(path).results().map((MatchResult match) -> match.group(1));
    }
}
