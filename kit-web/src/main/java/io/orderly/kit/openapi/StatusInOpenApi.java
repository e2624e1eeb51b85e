package io.orderly.kit.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents success with the status that a controller class declares with {@link ResponseStatus} for all of its methods.
 */
final class StatusInOpenApi implements OperationCustomizer {

    private static final String OK = "200";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        ResponseStatus ofClass = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), ResponseStatus.class);
        if (ofClass == null || method.hasMethodAnnotation(ResponseStatus.class)) {
            return operation;
        }
        ApiResponse success = operation.getResponses().remove(OK);
        if (success != null) {
            success.setDescription(ofClass.code().getReasonPhrase());
            operation
                    .getResponses()
                    .addApiResponse(Integer.toString(ofClass.code().value()), success);
        }
        return operation;
    }
}
