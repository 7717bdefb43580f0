import { PivotModel } from "@web/views/pivot/pivot_model";
import { patch } from "@web/core/utils/patch";

/** A table that is downloaded tells of what it is: the journal notes it. */
patch(PivotModel.prototype, {
    exportData() {
        return {
            ...super.exportData(),
            measures: this.metaData.activeMeasures,
            domain: this.searchParams.domain,
        };
    },
});
