"""Files of receptions become their card's own: read by its readers, kept with it.

Until now they stayed their uploader's. The triggers of cards and lists are made by the update
itself, after this.
"""


def migrate(cr, version):
    """Give each file that has no owner yet to the first card that names it."""
    cr.execute(
        """
        UPDATE ir_attachment AS file
           SET res_model = 'hotline.reception', res_id = named.reception
          FROM (SELECT ir_attachment_id AS id, min(hotline_reception_id) AS reception
                  FROM hotline_reception_ir_attachment_rel
                 GROUP BY ir_attachment_id) AS named
         WHERE named.id = file.id AND COALESCE(file.res_id, 0) = 0
        """
    )
