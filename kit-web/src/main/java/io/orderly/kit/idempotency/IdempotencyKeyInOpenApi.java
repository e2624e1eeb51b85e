package io.orderly.kit.idempotency;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Documents the header for operations whose method has an {@link IdempotencyKey} parameter. */
final class IdempotencyKeyInOpenApi implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        boolean idempotent = Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == IdempotencyKey.class);
        if (!idempotent) {
            return operation;
        }
        StringSchema schema = new StringSchema();
        schema.minLength(1).maxLength(IdempotencyKey.MAX_LENGTH);
        return operation.addParametersItem(new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .required(true)
                .description(
                        "Identifies the request among those of its caller. A request with the same key and body gets the response of the first.")
                .schema(schema));
    }
}
