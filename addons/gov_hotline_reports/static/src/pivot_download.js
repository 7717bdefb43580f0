import { onWillStart } from "@odoo/owl";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";

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

/** Who may not export has no button for it; the server refuses all the same. */
patch(PivotRenderer.prototype, {
    setup() {
        super.setup();
        this.mayDownload = false;
        onWillStart(async () => {
            this.mayDownload = user.isAdmin || (await user.hasGroup("base.group_allow_export"));
        });
    },
});
