package io.orderly.coordinator.rest;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/** Documents the {@link Problems} that an operation can have because of its caller, its parameters and its body. */
final class ProblemsInOperations implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        Set<String> names = parameters.stream().map(Parameter::getName).collect(Collectors.toSet());
        if (names.contains(HttpHeaders.IF_MATCH)) {
            add(operation, HttpStatus.PRECONDITION_FAILED);
        }
        if (names.contains("revision") || names.contains("cursor")) {
            add(operation, HttpStatus.GONE);
        }
        add(operation, HttpStatus.UNAUTHORIZED);
        add(operation, HttpStatus.FORBIDDEN);
        if (operation.getRequestBody() != null) {
            add(operation, HttpStatus.INSUFFICIENT_STORAGE);
        }
        return operation;
    }

    /** The responses themselves are described by the kit, which has all problem types. */
    private static void add(Operation operation, HttpStatus status) {
        operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(status.value()),
                        new ApiResponse().$ref("#/components/responses/" + status.name()));
    }
}
