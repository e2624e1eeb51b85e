package io.orderly.kit.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Documents the problems of all operations: one response component per status, referenced by every operation that may
 * respond with it.
 */
final class ProblemsInOpenApi implements GlobalOpenApiCustomizer {

    private final Map<HttpStatus, List<ProblemType>> types;

    ProblemsInOpenApi(Stream<ProblemTypes> declared) {
        types = Stream.concat(Stream.of(ProblemTypes.OF_EVERY_SERVICE), declared)
                .flatMap(each -> each.types().stream())
                .distinct()
                .sorted(Comparator.comparing(ProblemType::status))
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    }

    @Override
    public void customise(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        ModelConverters.getInstance(true).readAll(Problem.class).forEach(api.getComponents()::addSchemas);
        types.forEach(
                (status, ofStatus) -> api.getComponents().addResponses(nameOf(status), describe(status, ofStatus)));
        if (api.getPaths() != null) {
            api.getPaths().values().forEach(path -> path.readOperationsMap().forEach(this::addTo));
        }
    }

    private void addTo(HttpMethod method, Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        statusesOf(method, operation)
                .filter(types::containsKey)
                .filter(status -> !operation.getResponses().containsKey(Integer.toString(status.value())))
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(
                                Integer.toString(status.value()),
                                new ApiResponse().$ref("#/components/responses/" + nameOf(status))));
    }

    private static Stream<HttpStatus> statusesOf(HttpMethod method, Operation operation) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        Stream<HttpStatus> always = Stream.of(
                HttpStatus.BAD_REQUEST,
                // only in services whose callers sign in
                HttpStatus.UNAUTHORIZED,
                HttpStatus.FORBIDDEN,
                HttpStatus.NOT_ACCEPTABLE,
                HttpStatus.INTERNAL_SERVER_ERROR,
                HttpStatus.SERVICE_UNAVAILABLE);
        Stream<HttpStatus> withPath = parameters.stream().anyMatch(parameter -> "path".equals(parameter.getIn()))
                ? Stream.of(HttpStatus.NOT_FOUND)
                : Stream.empty();
        Stream<HttpStatus> withEffect =
                method == HttpMethod.GET || method == HttpMethod.HEAD ? Stream.empty() : Stream.of(HttpStatus.CONFLICT);
        Stream<HttpStatus> withBody = operation.getRequestBody() != null
                ? Stream.of(
                        HttpStatus.REQUEST_TIMEOUT,
                        HttpStatus.CONTENT_TOO_LARGE,
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        HttpStatus.UNPROCESSABLE_CONTENT)
                : Stream.empty();
        return Stream.of(always, withPath, withEffect, withBody).flatMap(statuses -> statuses);
    }

    private static ApiResponse describe(HttpStatus status, List<ProblemType> types) {
        String description = types.stream()
                .map(type -> "`" + type.uri() + "`: " + type.title())
                .collect(Collectors.joining("  \n"));
        Content content = new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
        ApiResponse response = new ApiResponse().description(description).content(content);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    new Header()
                            .description("The number of seconds after which to retry; absent if unknown")
                            .schema(new JsonSchema().typesItem("integer")));
        }
        return response;
    }

    private static String nameOf(HttpStatus status) {
        return status.name();
    }
}
